import { parsedJson } from '../parsed-json';

/** A JSON value in a text, and where it begins. */
export interface FoundJson {
  readonly text: string;
  readonly value: unknown;
  readonly start: number;
}

const startsMax = 64;

/** The JSON values in a text: the text itself, else those in fenced blocks, else the objects and lists within it. */
export function findJson(text: string): readonly FoundJson[] {
  const whole = parsed(text, 0);
  if (whole !== undefined) return [whole];
  // The line breaks of a block that is never closed are looked at once: weak models write nothing else for long.
  const fenced = [...text.matchAll(/```[\w-]*[^\S\n]*\n([\s\S]*?)```/g)]
    .slice(0, startsMax)
    .flatMap((match) => parsed(match[1] ?? '', match.index) ?? []);
  return fenced.length > 0 ? fenced : within(text);
}

function within(text: string): readonly FoundJson[] {
  const found: FoundJson[] = [];
  let position = 0;
  for (let starts = 0; starts < startsMax; starts += 1) {
    const start = nextStart(text, position);
    if (start === undefined) return found;
    const end = endOf(text, start);
    const json = end === undefined ? undefined : parsed(text.slice(start, end), start);
    if (json !== undefined) found.push(json);
    position = json === undefined || end === undefined ? start + 1 : end;
  }
  return found;
}

function nextStart(text: string, from: number): number | undefined {
  const start = text.slice(from).search(/[[{]/);
  return start === -1 ? undefined : from + start;
}

/** Where the brackets that open here are closed again; those in strings do not count. */
function endOf(text: string, start: number): number | undefined {
  let depth = 0;
  let isInString = false;
  for (let position = start; position < text.length; position += 1) {
    const character = text[position];
    if (isInString) {
      if (character === '\\') position += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return position + 1;
  }
  return undefined;
}

function parsed(text: string, start: number): FoundJson | undefined {
  const read = parsedJson(text);
  return 'value' in read ? { text: text.trim(), value: read.value, start } : undefined;
}
