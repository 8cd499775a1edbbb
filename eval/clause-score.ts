/** Where something stands in a text: from `start` up to, not including, `end`. */
export type Place = { readonly start: number; readonly end: number };

/** A labelled span and every place at which its words stand in the text: none when it cannot be found. */
type LabelSpan = { readonly text: string; readonly places: readonly Place[] };

/** What was counted for one category, or several. */
export type Counts = {
  /** Labelled spans, those that do not stand in the text included: they count as missed. */
  readonly labels: number;
  readonly notFindable: number;
  readonly recalled: number;
  readonly recalledStrictly: number;
  readonly found: number;
  readonly right: number;
  readonly rightStrictly: number;
  readonly quoteCharacters: number;
};

/** How much of the label a right quote covers; strictly, how much of both together. */
const shareMin = 0.5;

export const noCounts: Counts = {
  labels: 0,
  notFindable: 0,
  recalled: 0,
  recalledStrictly: 0,
  found: 0,
  right: 0,
  rightStrictly: 0,
  quoteCharacters: 0,
};

/** Compares the quotes found for one category in one contract with its labelled spans. */
export function countClauses(found: readonly Place[], labels: readonly LabelSpan[]): Counts {
  const hits = (quote: Place, label: LabelSpan): boolean =>
    label.places.some((place) => coverage(quote, place) >= shareMin);
  const strictHits = (quote: Place, label: LabelSpan): boolean =>
    label.places.some((place) => union(quote, place) >= shareMin);
  return {
    labels: labels.length,
    notFindable: labels.filter((label) => label.places.length === 0).length,
    recalled: labels.filter((label) => found.some((quote) => hits(quote, label))).length,
    recalledStrictly: labels.filter((label) => found.some((quote) => strictHits(quote, label))).length,
    found: found.length,
    right: found.filter((quote) => labels.some((label) => hits(quote, label))).length,
    rightStrictly: found.filter((quote) => labels.some((label) => strictHits(quote, label))).length,
    quoteCharacters: found.reduce((sum, quote) => sum + quote.end - quote.start, 0),
  };
}

/** The sum of two counts. */
export function addCounts(one: Counts, other: Counts): Counts {
  return {
    labels: one.labels + other.labels,
    notFindable: one.notFindable + other.notFindable,
    recalled: one.recalled + other.recalled,
    recalledStrictly: one.recalledStrictly + other.recalledStrictly,
    found: one.found + other.found,
    right: one.right + other.right,
    rightStrictly: one.rightStrictly + other.rightStrictly,
    quoteCharacters: one.quoteCharacters + other.quoteCharacters,
  };
}

/** Precision, recall and F1 of counts, by either measure; null where there is nothing to divide by. */
export function ratesOf(counts: Counts, strictly = false): Record<'precision' | 'recall' | 'f1', number | null> {
  const precision = ratio(strictly ? counts.rightStrictly : counts.right, counts.found);
  const recall = ratio(strictly ? counts.recalledStrictly : counts.recalled, counts.labels);
  const sum = (precision ?? 0) + (recall ?? 0);
  return { precision, recall, f1: sum === 0 ? null : (2 * (precision ?? 0) * (recall ?? 0)) / sum };
}

/** Every place at which the words of a label stand in the text, whatever the white space. */
export function placesOf(text: string, words: string): Place[] {
  const parts = words
    .trim()
    .split(/\s+/)
    .filter((part) => part !== '');
  if (parts.length === 0) return [];
  const pattern = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('\\s+');
  return [...text.matchAll(new RegExp(pattern, 'g'))].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function shared(one: Place, other: Place): number {
  return Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
}

function coverage(quote: Place, label: Place): number {
  return shared(quote, label) / (label.end - label.start);
}

function union(quote: Place, label: Place): number {
  const both = shared(quote, label);
  return both / (quote.end - quote.start + (label.end - label.start) - both);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
