/** A long text of a call that stands in the answer of another call, so that the history says it once. */
export interface Citation {
  /** The activity that answered with it. */
  readonly $cites: string;
  /** The first 128 bits of the SHA-256 of the text as UTF-8, in hex. */
  readonly sha256: string;
}

/** Texts of fewer characters are said again: a citation has a hundred bytes of its own. */
export const citedCharactersMin = 256;

/** How many hexadecimal digits of a SHA-256 a citation has. */
export const citedDigits = 32;

/**
 * A call that has citations, as it stands in the history. The engine makes calls and none has this field of itself: in
 * any other, whatever a model has written into it, nothing is taken for a citation.
 */
export interface CitedCall {
  readonly $cited: unknown;
}

/** Whether a call has citations. Ask it of calls only: what people and models say may look like anything. */
export function isCitedCall(call: unknown): call is CitedCall {
  return typeof call === 'object' && call !== null && '$cited' in call;
}

/** The query by which a worker that does not remember a cited text has it of the run, by its `sha256`. */
export const citedTextQueryName = 'citedText';

/** The long texts of a value. */
export function longTextsOf(value: unknown): string[] {
  const texts: string[] = [];
  const look = (part: unknown) => {
    if (typeof part === 'string' && part.length >= citedCharactersMin) texts.push(part);
    else if (isJsonParent(part)) Object.values(part).forEach(look);
  };
  look(value);
  return texts;
}

/** Whether a value has a field that only citations have: its texts cannot be cited. */
export function looksCited(value: unknown): boolean {
  return isJsonParent(value) && ('$cites' in value || Object.values(value).some(looksCited));
}

/** The value with citations in place of the long texts for which there is one. */
export function withCitations(value: unknown, citationOf: (text: string) => Citation | undefined): unknown {
  if (typeof value === 'string') return value.length < citedCharactersMin ? value : (citationOf(value) ?? value);
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
