import { failure } from '../../contracts/failures';
import type { Attempt, JournalEntry } from '../../contracts/journal';
import type { Usage } from '../../contracts/usage';
import { entryOf } from '../runs';
import {
  viewConversation,
  type ConversationEnd,
  type ConversationEntry,
  type Reading,
  type ShownConversation,
} from './conversation-view';

/** A part of an agent's work: one conversation. `part` counts from 1. */
export interface PartView {
  readonly part: number;
  readonly parts: number;
  readonly agent: string;
  readonly model: string;
  /** What was said in this attempt; of a conversation that an earlier attempt began, what came since. */
  readonly entries: readonly ConversationEntry[];
}

/** One attempt at an agent step. */
export interface AttemptView {
  /** From 1. */
  readonly attempt: number;
  /** The agent and model, or the person, who made the output. */
  readonly by: string;
  /** What came of it, in a few words. */
  readonly came: string;
  readonly usage?: Usage;
  /** Empty when no model was talked to. */
  readonly parts: readonly PartView[];
}

/** All that was said for one step, attempt by attempt. */
export interface StepTranscript {
  readonly runId: string;
  readonly step: string;
  readonly attempts: readonly AttemptView[];
}

/**
 * All conversations of a step.
 *
 * @throws `InvalidInput` when the run has no such step, or it has no conversation; `TranscriptMissing`
 */
export async function stepTranscript(
  reading: Reading,
  entries: readonly JournalEntry[],
  { runId, step }: { readonly runId: string; readonly step: string },
): Promise<StepTranscript> {
  const entry = entryOf(entries, runId, step);
  const tried = attemptsOf(entry);
  if (tried.every(({ ends }) => ends.length === 0)) throw noConversation(entries, runId, entry);
  const attempts: AttemptView[] = [];
  const shown = new Map<number, ShownConversation>();
  for (const [at, { ends, ...about }] of tried.entries()) {
    const parts: PartView[] = [];
    for (const [part, end] of ends.entries()) {
      const view = await viewConversation(reading, end, shown.get(part));
      const { agent, model, parts: count } = view.opening;
      shown.set(part, view.shown);
      parts.push({ part: part + 1, parts: count, agent, model, entries: view.entries });
    }
    attempts.push({ attempt: at + 1, ...about, parts });
  }
  return { runId, step, attempts };
}

type Tried = Omit<AttemptView, 'attempt' | 'parts'> & { readonly ends: readonly ConversationEnd[] };

/** The attempts that ended, and the one under way. */
function attemptsOf({ attempts = [], conversation }: JournalEntry): Tried[] {
  const known = conversation?.parts ?? [];
  const saidAfter = (head: string) => known.find((part) => part.head === head)?.said ?? [];
  const ended = attempts.map((attempt): Tried => {
    const { by, usage, heads = [] } = attempt;
    const ends = heads.map((head) => ({ head, said: saidAfter(head) }));
    return { by, came: resultOf(attempt), ...(usage === undefined ? {} : { usage }), ends };
  });
  if (conversation?.attempt !== attempts.length) return ended;
  const ends = known.flatMap(({ head, said }) => (head === undefined ? [] : [{ head, said }]));
  return [...ended, { by: `${conversation.agent}/${conversation.model}`, came: 'under way', ends }];
}

function resultOf({ result }: Attempt): string {
  switch (result.type) {
    case 'drafted':
      return 'an output that other gates have still to judge';
    case 'judged':
      return result.verdict.verdict === 'accept'
        ? 'accepted'
        : `${result.verdict.verdict} (${result.gate}): ${result.verdict.feedback}`;
    case 'failed':
      return `failed (${result.failure.type}): ${result.failure.message}`;
    case 'feedback':
      return `feedback: ${result.feedback}`;
  }
}

function noConversation(entries: readonly JournalEntry[], runId: string, { step, question }: JournalEntry) {
  const others = entries.filter((one) => attemptsOf(one).some(({ ends }) => ends.length > 0)).map((one) => one.step);
  const child = question.kind === 'process' ? ` It is a run of its own: look at the steps of ${runId}.${step}.` : '';
  const have = others.length === 0 ? 'No step of this run has one.' : `These have one: ${others.join(', ')}.`;
  return failure(
    'InvalidInput',
    `No model gave an answer in ${step} of the run ${runId}, so there is no conversation.${child} ${have}`,
    { runId, step },
  );
}
