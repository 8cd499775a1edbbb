import { addDuration } from '../../models/clauses/add-duration';
import { findDurations } from '../../models/clauses/read-duration';
import type { ArtifactStore } from '../../stores/artifact-store';
import { takeDates } from './dates';
import { countsIn, isCodeOfSign, sumsIn } from './derivations';
import { figureOf, figuresIn } from './figures';
import { takeApart, type Leaf, type Taken } from './leaves';
import type { Name } from './names';
import { squeeze } from './quotations';

/** What an output is held against: everything that its inputs say, and what follows from it by counting and adding up. */
export interface Sources {
  /** Each text of the inputs: the values of their fields, and the artifacts they refer to. */
  readonly texts: readonly string[];
  hasFigure(value: string): boolean;
  hasDate(isoDates: readonly string[]): boolean;
  hasName(name: Name): boolean;
  hasWords(words: string): boolean;
}

/** Texts that an artifact of such a type holds. */
const textual = /^text\/|json|ya?ml|xml/;

/** Gathers what inputs say. The output's own lists are only counted: an output may say how much it says. */
export async function sourcesOf(input: unknown, output: Taken, artifacts: ArtifactStore): Promise<Sources> {
  const taken = takeApart(input);
  const stored = await Promise.all(
    taken.artifacts
      .filter(({ artifact }) => textual.test(artifact.mediaType))
      .map(async ({ artifact }) => Buffer.from(await artifacts.get(artifact)).toString('utf8')),
  );
  const own = taken.leaves.map(({ value }) => String(value));
  const texts = [...new Set([...own, ...stored, ...taken.artifacts.map(({ artifact }) => artifact.name)])];
  const figures = figuresOf(texts, taken.leaves);
  const derived = [...sumsIn(taken.lists), ...countsIn([...taken.lists, ...output.lists])];
  for (const figure of derived) figures.add(figure);
  const dates = datesOf(texts, own);
  const squeezed = texts.map(squeeze).join('\n');
  const words = ` ${texts.map(wordsOf).join(' | ')} `;
  const all = texts.join('\n');
  const stands = (name: string): boolean => words.includes(` ${wordsOf(name)} `) || isCodeOfSign(name, all);
  return {
    texts,
    hasFigure: (value) => figures.has(value),
    hasDate: (isoDates) => isoDates.some((date) => dates.has(date)),
    hasName: ({ written, tail }) =>
      stands(written) || (tail !== undefined && stands(tail) && beginsOnly(written, words)),
    hasWords: (quoted) => squeezed.includes(squeeze(quoted)),
  };
}

function figuresOf(texts: readonly string[], leaves: readonly Leaf[]): Set<string> {
  const inTexts = texts.flatMap((text) => figuresIn(text).map(({ value }) => value));
  const numbers = leaves.flatMap(({ key, value }) => {
    if (typeof value !== 'number') return [];
    return isMinor(key) ? [figureOf(value), figureOf(value / 100)] : [figureOf(value)];
  });
  return new Set([...inTexts, ...numbers]);
}

/** Whether a field holds hundredths: an amount in cents may be told in dollars, and the other way round. */
export function isMinor(key: string): boolean {
  return /(?:Minor|Cents)$/.test(key);
}

/** The dates that are stated, and those so long after them as a duration of the inputs' own fields says. */
function datesOf(texts: readonly string[], own: readonly string[]): Set<string> {
  const stated = texts.flatMap((text) => takeDates(text).dates.flatMap(({ isoDates }) => isoDates));
  const near = own.flatMap((text) => takeDates(text).dates.flatMap(({ isoDates }) => isoDates));
  const durations = own.flatMap((text) => findDurations(text).flatMap(({ duration }) => duration ?? []));
  const later = near.flatMap((date) => durations.flatMap((duration) => addDuration(date, duration) ?? []));
  return new Set([...stated, ...later]);
}

/** Whether the first word of a name is a common one, with a capital because a sentence begins. */
function beginsOnly(written: string, words: string): boolean {
  const first = /^\S+/.exec(written)?.[0] ?? '';
  return openers.has(first.toLowerCase()) || words.includes(` ${wordsOf(first)} `);
}

const openers = new Set(
  'a after all also an and any as at both but by each either every for from however if in it its most neither no not of on one only or other please since some than thank that the their then there these they this those to under until we what when where which while with without you your'.split(
    ' ',
  ),
);

/** Words alone, so that a name is found whatever marks, case and white space surround it. */
function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .replace(/[^\p{L}\p{N}_@#]+/gu, ' ')
    .trim();
}
