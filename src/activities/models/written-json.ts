const fenced = /```(?:json)?\s*\n([\s\S]*?)\n?```/;

/** The JSON that a model wrote, or why the text is none. */
export type WrittenJson = { readonly value: unknown } | { readonly fault: string };

/** The JSON that a model wrote: by itself, in a fenced block, or with words around it. */
export function writtenJson(text: string): WrittenJson {
  const whole = parsed(text);
  const candidates = [fenced.exec(text)?.[1], between(text, '{', '}'), between(text, '[', ']')];
  for (const candidate of 'fault' in whole ? candidates : []) {
    const read = candidate === undefined ? whole : parsed(candidate);
    if ('value' in read) return read;
  }
  return whole;
}

function between(text: string, open: string, close: string): string | undefined {
  const [from, to] = [text.indexOf(open), text.lastIndexOf(close)];
  return from === -1 || to <= from ? undefined : text.slice(from, to + 1);
}

function parsed(text: string): WrittenJson {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
