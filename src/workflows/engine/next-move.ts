import type { FailureType } from '../../contracts/failures';
import type { Attempt } from '../../contracts/journal';
import type { AgentCard } from '../../contracts/manifest';

/** How often a person may be asked for one agent step before it fails. */
export const personRoundsMax = 5;

const modelFailures: ReadonlySet<FailureType> = new Set<FailureType>([
  ...(['ModelUnavailable', 'ModelBusy', 'ModelUnusable', 'ModelRefused'] as const),
  ...(['ContextTooLong', 'ModelRequestRejected', 'TranscriptMissing', 'TranscriptNotKept'] as const),
]);

export type Move =
  | { readonly move: 'accept' }
  /** The last attempt's output has still to pass functions and reviewers. */
  | { readonly move: 'judge'; readonly by: string; readonly output: unknown }
  | {
      readonly move: 'attempt';
      readonly agent: string;
      readonly model: string;
      readonly feedback: readonly string[];
      /** Whether another model could be tried after it. */
      readonly hasAlternative: boolean;
    }
  | { readonly move: 'askPerson'; readonly output: unknown; readonly feedback: string }
  | { readonly move: 'reject'; readonly feedback: string; readonly blame: string | null }
  | { readonly move: 'giveUp'; readonly feedback: string };

interface Candidate {
  readonly agent: string;
  readonly model: string;
  readonly attemptsMax: number;
}

/** Who may be tried, and what is known before the first attempt. */
export interface Candidates {
  /** The agent, followed by its fallback agent if it has one. */
  readonly cards: readonly AgentCard[];
  /** Attempts with one model before the next. Default: each agent's own limit. */
  readonly attemptsMax?: number;
  /** What was said of earlier answers to the same question. Default: nothing. */
  readonly told?: readonly string[];
  /** Whether a budget is nearly spent: then an agent's cheaper model is tried first, where it names one. Default: no. */
  readonly isNearlySpent?: boolean;
}

/**
 * Decides what an agent step does next, as a pure function of its attempts so far: the same model again with the
 * feedback, then the next model, then the fallback agent's models, then a person, who may start all of this again.
 */
export function nextMove(attempts: readonly Attempt[], candidates: Candidates): Move {
  const { told = [] } = candidates;
  const last = attempts.at(-1);
  const restart = attempts.findLastIndex((attempt) => attempt.result.type === 'feedback');
  const feedback = [...told, ...attempts.filter((attempt) => !isOfModel(attempt)).flatMap(feedbackOf)];
  if (last?.result.type === 'drafted') return { move: 'judge', by: last.by, output: last.result.output };
  if (last?.result.type === 'judged') {
    const { verdict } = last.result;
    if (verdict.verdict === 'accept') return { move: 'accept' };
    if (verdict.verdict === 'reject') {
      return { move: 'reject', feedback: verdict.feedback, blame: verdict.blame ?? null };
    }
    if (verdict.verdict === 'escalate' || isPerson(last.by)) return askPerson(attempts);
  }
  const round = attempts.slice(restart + 1);
  const [candidate, ...others] = candidatesOf(candidates).filter((one) => !isSpent(one, round));
  if (candidate === undefined) return askPerson(attempts);
  const { agent, model } = candidate;
  return { move: 'attempt', agent, model, feedback, hasAlternative: others.length > 0 };
}

function candidatesOf({ cards, attemptsMax, isNearlySpent = false }: Candidates): Candidate[] {
  return cards.flatMap((card) =>
    modelsOf(card, isNearlySpent).map((model) => ({
      agent: card.name,
      model,
      attemptsMax: attemptsMax ?? card.attemptsMax,
    })),
  );
}

function modelsOf({ models, cheaperModel }: AgentCard, isNearlySpent: boolean): readonly string[] {
  if (cheaperModel === undefined || !isNearlySpent) return models;
  return [cheaperModel, ...models.filter((model) => model !== cheaperModel)];
}

/** A candidate is spent after its attempts, or at once when its call failed: the call had retries of its own. */
function isSpent(candidate: Candidate, round: readonly Attempt[]): boolean {
  const own = round.filter((attempt) => attempt.by === attemptName(candidate.agent, candidate.model));
  return own.length >= candidate.attemptsMax || own.some((attempt) => attempt.result.type === 'failed');
}

/** How an attempt by an agent is signed; a person signs as `person:NAME`. */
export function attemptName(agent: string, model: string): string {
  return `${agent}/${model}`;
}

export function personName(actor: string): string {
  return `person:${actor}`;
}

export function isPerson(by: string): boolean {
  return by.startsWith('person:');
}

function askPerson(attempts: readonly Attempt[]): Move {
  const feedback = attempts.flatMap(feedbackOf).at(-1) ?? 'No attempt gave an output.';
  if (attempts.filter(({ by }) => isPerson(by)).length >= personRoundsMax) return { move: 'giveUp', feedback };
  const judged = attempts.findLast((attempt) => attempt.result.type === 'judged');
  return { move: 'askPerson', output: judged?.result.type === 'judged' ? judged.result.output : null, feedback };
}

/** What kept a model from answering is told to people; the next model would only be misled by it. */
function isOfModel({ result }: Attempt): boolean {
  return result.type === 'failed' && modelFailures.has(result.failure.type);
}

function feedbackOf(attempt: Attempt): string[] {
  switch (attempt.result.type) {
    case 'failed':
      return [attempt.result.failure.message];
    case 'feedback':
      return [attempt.result.feedback];
    case 'drafted':
      return [];
    case 'judged':
      return attempt.result.verdict.verdict === 'accept' ? [] : [attempt.result.verdict.feedback];
  }
}
