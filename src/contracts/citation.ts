/** A long text of a call that stands in the answer of another call, so that the history says it once. */
export interface Citation {
  /** The activity that answered with it. */
  readonly $cites: string;
  /** The first 160 bits of the SHA-256 of the text as UTF-8, in hex. */
  readonly sha256: string;
}

/**
 * A call that has citations, as it stands in the history. The engine makes calls and none has this field of itself: in
 * any other, whatever a model has written into it, nothing is taken for a citation.
 */
export interface CitedCall {
  readonly $cited: unknown;
}

/** The hexadecimal digits of a SHA-256 that a citation has: nobody finds two texts that agree in as many. */
export const citedDigits = 40;

/** Shorter texts are said again: a citation has a hundred bytes of its own. */
export const citedCharactersMin = 256;

/** So are longer ones, since the history only refers to them. */
export const citedCharactersMax = 8_000;

/** Whether a call has citations. Ask it of calls only: what people and models say may look like anything. */
export function isCitedCall(call: unknown): call is CitedCall {
  return typeof call === 'object' && call !== null && '$cited' in call;
}

/** The texts of a value that can be cited. */
export function citableTextsOf(value: unknown): string[] {
  const texts: string[] = [];
  const look = (part: unknown) => {
    if (typeof part === 'string' && isCitable(part)) texts.push(part);
    else if (isJsonParent(part)) Object.values(part).forEach(look);
  };
  look(value);
  return texts;
}

/** Whether a value has, or may write itself with, a field that only citations have: its texts cannot be cited. */
export function looksCited(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Date) return false;
  return '$cites' in value || 'toJSON' in value || Object.values(value).some(looksCited);
}

/** The value with citations in place of the texts for which there is one. */
export function withCitations(value: unknown, citationOf: (text: string) => Citation | undefined): unknown {
  if (typeof value === 'string') return isCitable(value) ? (citationOf(value) ?? value) : value;
  return mapped(value, (part) => withCitations(part, citationOf));
}

/** The citations in a value that has some. */
export function citationsIn(value: unknown): Citation[] {
  if (!isJsonParent(value)) return [];
  return isCitation(value) ? [value] : Object.values(value).flatMap(citationsIn);
}

/** The value with what is cited in place of the citations. */
export function withTexts(value: unknown, textOf: (citation: Citation) => unknown): unknown {
  if (isJsonParent(value) && isCitation(value)) return textOf(value);
  return mapped(value, (part) => withTexts(part, textOf));
}

/** Two texts that are not well-formed may be the same as UTF-8, and so have the same hash. */
function isCitable(text: string): boolean {
  return text.length >= citedCharactersMin && text.length <= citedCharactersMax && text.isWellFormed();
}

function isCitation(value: object): value is Citation {
  return '$cites' in value;
}

function mapped(value: unknown, map: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(map);
  if (!isJsonParent(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, map(part)]));
}

/** Lists and plain objects; what writes itself as JSON, as dates do, is left as it is. */
function isJsonParent(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !('toJSON' in value);
}
