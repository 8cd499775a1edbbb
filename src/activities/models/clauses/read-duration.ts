import { readSpelledNumber, spelledNumber } from './read-number';
import type { Span } from './span';

/** A length of time as contracts state it. */
export type Duration = { readonly amount: number; readonly unit: 'day' | 'week' | 'month' | 'year' };

/** A duration where it stands in a text; null when its words and its figure disagree, "ten (12) years". */
export type DurationInText = Span & { readonly duration: Duration | null };

const figure = '\\d{1,4}';
const kind = '(?:(?:full|additional|consecutive|successive|calendar|further|more)\\s+){0,2}';
const pattern = new RegExp(
  `(?<![\\w.,/-])(?:(?:(?<words>${spelledNumber})|(?<number>${figure}))(?:\\s*\\(\\s*(?<inBrackets>${figure}|[a-z -]+)\\s*\\))?)[\\s-]*${kind}(?<unit>day|week|month|year)s?\\b`,
  'giu',
);

/** Finds the durations of a text. A number of business days is no length of time in the calendar, and left out. */
export function findDurations(text: string): DurationInText[] {
  return [...text.matchAll(pattern)].map((match) => ({
    duration: durationOf(match.groups ?? {}),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function durationOf(groups: Record<string, string | undefined>): Duration | null {
  const { words, number, inBrackets, unit } = groups;
  const amount = words === undefined ? Number(number) : readSpelledNumber(words);
  const again = inBrackets === undefined ? amount : readEither(inBrackets);
  if (amount === null || amount !== again || amount < 1) return null;
  return { amount, unit: unit?.toLowerCase() as Duration['unit'] };
}

function readEither(number: string): number | null {
  return /^\d+$/.test(number) ? Number(number) : readSpelledNumber(number);
}

/** The one duration that all of these state; null when they state none, differ, or one cannot be read. */
export function theOneDuration(durations: readonly DurationInText[]): Duration | null {
  const [first, ...others] = durations.map(({ duration }) => duration);
  if (first === undefined || first === null) return null;
  return others.every((other) => other?.amount === first.amount && other.unit === first.unit) ? first : null;
}
