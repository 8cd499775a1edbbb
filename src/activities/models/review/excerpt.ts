const margin = 80;

/** At most how many characters of a text are shown, and which of its words are the point. */
interface Part {
  readonly charactersMax: number;
  readonly around?: RegExp;
}

/** A quotation that ends a sentence: words between “ and ”, with … inside where words were left out. */
export function quoted(text: string, charactersMax: number, around?: RegExp): string {
  const words = excerpt(text, around === undefined ? { charactersMax } : { charactersMax, around });
  return `“${words}”${/[.!?…]$/.test(words) ? '' : '.'}`;
}

/**
 * A part of a text, word for word, with … where words were left out at either end. It begins at the text's beginning
 * or, when `around` matches beyond the part that would be shown, shortly before the match.
 */
export function excerpt(text: string, { charactersMax, around }: Part): string {
  const match = around?.exec(text) ?? null;
  const beyond = match !== null && match.index + match[0].length + margin > charactersMax;
  const start = beyond ? wordStart(text, Math.max(0, match.index - margin)) : 0;
  const end = start + charactersMax < text.length ? wordEnd(text, start, start + charactersMax) : text.length;
  const span = betweenOpenMarks(text, start, end);
  const words = text.slice(span.start, span.end).trim();
  const before = text.slice(0, span.start).trim() === '' ? '' : '… ';
  const after = text.slice(span.end).trim() === '' ? '' : ' …';
  return `${before}${words}${after}`;
}

function wordStart(text: string, from: number): number {
  const space = from === 0 ? -1 : text.slice(from).search(/\s/);
  return space < 0 ? from : from + space;
}

function wordEnd(text: string, start: number, end: number): number {
  const space = text.slice(start, end + 1).search(/\s\S*$/);
  return space > 0 ? start + space : end;
}

/** A quotation mark whose partner was cut off would make other words look quoted: the longest part without such. */
function betweenOpenMarks(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const opened: number[] = [];
  const alone: number[] = [];
  let straight = -1;
  for (let index = start; index < end; index += 1) {
    const character = text[index];
    if (character === '“') opened.push(index);
    else if (character === '”' && opened.pop() === undefined) alone.push(index);
    else if (character === '"') straight = straight < 0 ? index : -1;
  }
  const cuts = [...alone, ...opened, ...(straight < 0 ? [] : [straight])].sort((a, b) => a - b);
  const starts = [start, ...cuts.map((cut) => cut + 1)];
  return starts
    .map((from, index) => ({ start: from, end: cuts[index] ?? end }))
    .reduce((longest, part) => (part.end - part.start > longest.end - longest.start ? part : longest));
}
