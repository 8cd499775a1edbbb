import type { Span } from '../clauses/span';
import { squeezedText, type SqueezedText } from '../squeezed-text';

/** Characters that models write for one another. */
const alike: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
};

/** A text as quotes are looked for in it: without white space, with one kind of quotation mark and dash. */
export interface QuotableText extends SqueezedText {
  readonly text: string;
}

/** Prepares a text for looking up quotes in it. */
export function quotable(text: string): QuotableText {
  return { text, ...squeezedText(text, alike) };
}

/**
 * Finds a quote that a model wrote: whole words of the text, character by character but for white space and the kind of
 * quotation marks and dashes. The first place within `range` counts; null when there is none. Marks and dots that
 * models set around a quote are left aside when it is not found with them.
 */
export function findQuote(within: QuotableText, quote: string, range: Span): Span | null {
  return findWords(within, quote, range) ?? findWords(within, quote.replace(/^[\s"“”'‘’…]+|[\s"“”'‘’…]+$/g, ''), range);
}

/** The longest passage that its ends may stand for, in characters. */
const passageCharactersMax = 4_000;
/** Fewer words at either end say too little about where a passage begins or ends. */
const endWordsMin = 3;

/**
 * Finds a passage that a model quoted, whole or by its first and last words with … between them: then all that stands
 * from the first place of the one to the next place of the other.
 */
export function findPassage(within: QuotableText, quote: string, range: Span): Span | null {
  return findQuote(within, quote, range) ?? findEnds(within, quote, range);
}

function findEnds(within: QuotableText, quote: string, range: Span): Span | null {
  const ends = quote.split(/[[(]?(?:…|\.{3,})[\])]?/).map((end) => end.trim());
  const [first, last] = ends;
  if (first === undefined || last === undefined || ends.length > 2) return null;
  if (ends.some((end) => end.split(/\s+/).length < endWordsMin)) return null;
  const start = findQuote(within, first, range);
  const end = start === null ? null : findQuote(within, last, { start: start.end, end: range.end });
  if (start === null || end === null || end.end - start.start > passageCharactersMax) return null;
  return { start: start.start, end: end.end };
}

function findWords({ text, squeezed, offsets }: QuotableText, quote: string, range: Span): Span | null {
  const wanted = quotable(quote).squeezed;
  if (wanted === '') return null;
  for (let from = squeezed.indexOf(wanted); from >= 0; from = squeezed.indexOf(wanted, from + 1)) {
    const start = offsets[from] ?? 0;
    const end = (offsets[from + wanted.length - 1] ?? 0) + 1;
    if (end > range.end) return null;
    if (start >= range.start && isBorder(text, start) && isBorder(text, end)) return { start, end };
  }
  return null;
}

/** Whether no word goes on over this place. */
function isBorder(text: string, at: number): boolean {
  return !/^[\p{L}\p{N}]{2}$/u.test(text.slice(at - 1, at + 1)) || at === 0 || at === text.length;
}
