import * as z from 'zod/mini';
import type { secondReader as agent } from '../../../agents/second-reader';
import type { Comparison } from '../../../contracts/risk';
import type { AgentForm, FormContext } from '../agent-form';
import { excerpt } from '../review/excerpt';
import { readAgain } from '../review/second-reader';
import { feedbackOf } from './answered-ids';
import { findQuote, quotable } from './find-quote';
import { fitItems, type FittedPart } from './fit-items';
import { roomFor } from './part-room';

/** So many in a part: its answer then fits the agent's limit on output tokens. */
const itemsMax = 15;
const wrongMax = 10;
const problemCharactersMax = 300;
const feedbackCharactersMax = 4_000;

const Wrong = z.strictObject({
  wrong: z
    .array(z.strictObject({ id: z.string(), words: z.string(), problem: z.string() }))
    .check(z.maxLength(wrongMax)),
});
type Written = z.output<typeof Wrong>['wrong'][number];

type Input = Parameters<AgentForm<typeof agent>['open']>[0];

/**
 * The model names statements that their sources do not bear out, each with the words that are wrong, so that an empty
 * reproach is seen at once. What code can judge it judges first: a model's reading adds to it, and replaces nothing.
 */
export const secondReader: AgentForm<typeof agent, typeof Wrong> = {
  writes: Wrong,
  open(input, context) {
    return Promise.resolve(partsOf(input, context).map(({ material }) => ({ material, task })));
  },
  faultOf({ part, value: { wrong } }, input, context) {
    const read = partsOf(input, context)[part]?.items ?? [];
    const faults = wrong.flatMap((written) => faultsOfReproach(written, read));
    return Promise.resolve(feedbackOf('These entries are wrong. Correct them, or leave them out.', faults));
  },
  join(written, { input, output }) {
    const byCode = readAgain({ ...input, assessment: output });
    const wrong = written.flatMap((part) => part.wrong);
    if (byCode.verdict !== 'accept' || wrong.length === 0) return Promise.resolve(byCode);
    const named = wrong.map(({ id, words, problem }) => `- ${id}: “${words.trim()}”: ${problem.trim()}`);
    const feedback = ['The assessment is wrong.', ...named].join('\n').slice(0, feedbackCharactersMax);
    return Promise.resolve({ verdict: 'retry', feedback });
  },
};

const task = [
  'Each entry above is a statement of a risk assessment with its sources: the quotes it cites and the playbook’s words.',
  'Look for statements that their sources do not bear out: something added, altered or turned round.',
  'Answer with JSON that has one key, "wrong": a list with one entry for each such statement, with the keys "id",',
  '"words" (the wrong words, copied from the statement) and "problem" (what the sources say instead, in one sentence).',
  'When every statement is borne out: {"wrong": []}.',
].join('\n');

interface Read {
  readonly id: string;
  readonly statement: string;
  readonly sources: readonly string[];
}

function partsOf({ input, output }: Input, { openingBytesMax }: FormContext): FittedPart<Read>[] {
  const read = [
    ...output.risks.map(({ id, category, statement, citations }) => ({
      id,
      statement,
      sources: [...citations.map(({ quote }) => quote), ...wordsOn(category, input.comparisons)],
    })),
    ...output.gaps.map(({ category, statement }, index) => ({
      id: `G${index + 1}`,
      statement,
      sources: wordsOn(category, input.comparisons),
    })),
  ];
  return fitItems(read, show, { bytesMax: roomFor(openingBytesMax, Buffer.byteLength(task)), itemsMax });
}

function wordsOn(category: string, comparisons: readonly Comparison[]): string[] {
  return comparisons
    .filter((comparison) => comparison.category === category)
    .map(({ position, standing }) => `playbook, ${standing}: ${position}`);
}

function show({ id, statement, sources }: Read, charactersMax: number): string {
  const shown = sources.map((source) => `- ${excerpt(source, { charactersMax }).replace(/\s+/g, ' ')}`);
  return [`${id}: ${statement.replace(/\s+/g, ' ')}`, 'sources:', ...shown].join('\n');
}

function faultsOfReproach({ id, words, problem }: Written, read: readonly Read[]): string[] {
  const statement = read.find((candidate) => candidate.id === id)?.statement;
  if (statement === undefined) return [`${id}: is none of the statements above`];
  const place = findQuote(quotable(statement), words, { start: 0, end: statement.length });
  return [
    ...(place === null ? [`${id}: “${words.slice(0, 120)}” does not stand in its statement`] : []),
    ...(/\p{L}{2}/u.test(problem) ? [] : [`${id}: names no problem`]),
    ...(problem.length > problemCharactersMax ? [`${id}: its problem is over ${problemCharactersMax} characters`] : []),
  ];
}
