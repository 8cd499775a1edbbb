import { failure, type Failure } from '../../contracts/failures';
import type { EffectRecord, JournalEntry } from '../../contracts/journal';
import type { ToolCard } from '../../contracts/manifest';
import type { ToolLookup, TranscribedAnswer } from '../../contracts/activities';
import { ask, hold, type Asker } from './ask';
import { callWithinBudget, compensations, oneAttempt } from './call';
import { beganWith, reworks, type Execution } from './execution';
import { outcomeAfter } from './effect-outcome';
import { expectedFailure, revive } from './failing';
import { fingerprint } from './fingerprint';
import { askWhatBecame } from './pivot-doubt';
import { callWhereDue } from './quick-calls';
import { unlessRepeated } from './repeated-answer';
import { groupOf, summary } from './story';

export interface ToolAsk {
  readonly name: string;
  readonly input: unknown;
  readonly about: string;
  /** Who asks: an agent's model gets a reference to the answer, which goes into its transcript. Default: the process. */
  readonly asks?: 'process' | 'model';
}

/** What a model's question to a tool came to: the answer in the transcript store, or what stood under its key. */
export type AnswerForModel = TranscribedAnswer | { readonly found: unknown };

/**
 * Calls a tool. What it may change is entered before it is attempted, under a key made of the run and the step, so
 * that a second attempt is known to be the same.
 */
export function askTool(asker: Asker, { name, input, about, asks = 'process' }: ToolAsk): Promise<unknown> {
  const { execution } = asker;
  const card = execution.manifest.tools[name];
  if (card === undefined) {
    throw failure('UnknownTool', `The run's manifest has no tool ${name}. Deploy a worker that has it.`, { name });
  }
  const { version, effect } = card;
  return ask(asker, { kind: 'tool', name, version, input, about, effect }, (entry) =>
    answer({ execution, entry, card, input, asks }),
  );
}

/** A call of a tool on account of a step. */
export interface ToolCalling {
  readonly execution: Execution;
  readonly entry: JournalEntry;
  readonly card: ToolCard;
  readonly input: unknown;
  readonly asks: 'process' | 'model';
}

function answer(calling: ToolCalling): Promise<unknown> {
  const { execution, entry, card } = calling;
  return unlessRepeated(execution, entry, () => (card.effect === 'none' ? callOnce(calling) : bringAbout(calling)));
}

function keyOf({ execution, entry }: ToolCalling): string {
  return entry.effect?.idempotencyKey ?? fingerprint([execution.manifest.executionId, entry.step]);
}

function callOnce(calling: ToolCalling, attempt = 1): Promise<unknown> {
  const { execution, entry, card, input } = calling;
  const options = {
    activityId: attempt === 1 ? entry.step : `${entry.step}.${attempt}`,
    summary: summary(card.name, entry.about, card.effect === 'none' ? '' : card.effect),
    startToCloseTimeout: card.timeoutMs,
    eventGroups: groupOf(entry.step, entry.about),
    // Whether a pivot that cannot be looked up has happened is for a person to say, after each attempt.
    ...(card.effect === 'pivot' && !card.hasLookup && reworks(execution) ? { retry: oneAttempt } : {}),
  };
  const call = { tool: card.name, input, idempotencyKey: keyOf(calling) };
  return callWithinBudget({ execution, entry }, () => {
    if (card.effect !== 'none') entry.effect ??= { effect: card.effect, ...call, outcome: 'unknown' };
    // Beside its model's turn the call weighs little, and what it puts into the transcript is committed with it.
    if (calling.asks === 'model') return execution.activities.callToolForModel.executeWithOptions(options, [call]);
    return callWhereDue(execution, card, ({ callTool }) => callTool.executeWithOptions(options, [call]));
  });
}

/** Calls a tool that changes something, until it is known whether it did. */
async function bringAbout(calling: ToolCalling): Promise<unknown> {
  const { execution, entry } = calling;
  if (entry.doubt !== undefined) {
    const became = await resumed(calling, revive(entry.doubt));
    if (became !== 'tryAgain') return found(calling, became.answer);
  }
  if (entry.effect?.effect === 'pivot' && entry.effect.outcome === 'refused') await heldAgain(calling);
  for (let attempt = 1; ; attempt++) {
    try {
      return known(entry, 'done', await callOnce(calling, attempt));
    } catch (error) {
      const reason = expectedFailure(error);
      if (reason === undefined) throw error;
      if (entry.effect === undefined) throw reason;
      if (outcomeAfter(reason) === 'refused') throw known(entry, 'refused', reason);
      if (!reworks(execution)) throw reason;
      const became = await whatBecame(calling, reason);
      if (became !== 'tryAgain') return found(calling, became.answer);
    }
  }
}

/** An answer that was found out, not given: a model's transcript does not have it yet. */
function found({ asks }: ToolCalling, answer: unknown): unknown {
  return asks === 'model' ? { found: answer } : answer;
}

/** What became of a pivot in an earlier execution, or in the run that this one repairs, when nobody knew it there. */
async function resumed(calling: ToolCalling, reason: Failure): Promise<{ readonly answer: unknown } | 'tryAgain'> {
  const { execution, entry } = calling;
  if (!beganWith(2, execution)) return askWhatBecame(calling, reason);
  try {
    const became = await whatBecame(calling, reason);
    return became === 'tryAgain' ? known(entry, 'refused', became) : became;
  } finally {
    delete entry.doubt;
  }
}

/** By now other branches may be under way that could fail: the next attempt waits for the quiet point, as the first did. */
async function heldAgain({ execution, entry, card }: ToolCalling): Promise<void> {
  await hold(execution.pass, { name: card.name, about: entry.about, effect: card.effect }, entry.step);
  known(entry, 'unknown', undefined);
}

function known<Result>({ effect }: JournalEntry, outcome: EffectRecord['outcome'], result: Result): Result {
  if (effect !== undefined) effect.outcome = outcome;
  return result;
}

/**
 * Finds out about an effect of unknown outcome: what stands under its key is its answer. What does not is sealed, so
 * that a late attempt cannot bring it about any more; about a pivot, which cannot be sealed, a person is asked.
 *
 * @throws the reason why the call failed, when the effect did not happen, or is left unknown to be undone at the end
 */
async function whatBecame(calling: ToolCalling, reason: Failure): Promise<{ readonly answer: unknown } | 'tryAgain'> {
  const { execution, entry, card } = calling;
  if (card.effect === 'retriable' || execution.stopped !== undefined || reason.type === 'Cancelled') throw reason;
  const found = await lookedUp(calling);
  if (found?.found === true) return known(entry, 'done', { answer: found.answer });
  if (card.effect === 'pivot') return askWhatBecame(calling, reason);
  if (found !== undefined && (await isSealed(calling))) known(entry, 'refused', undefined);
  throw reason;
}

/** What stands under the key of an effect; nothing when that cannot be found out. */
function lookedUp(calling: ToolCalling): Promise<ToolLookup | undefined> {
  const { execution, entry, card } = calling;
  if (!card.hasLookup) return Promise.resolve(undefined);
  const call = { tool: card.name, idempotencyKey: keyOf(calling) };
  return unlessItFails(
    callWithinBudget({ execution, entry }, () =>
      execution.activities.lookUpTool.executeWithOptions(optionsOf(calling, 'lookup'), [call]),
    ),
  );
}

/** Undoes what did not happen, after which it cannot happen any more. */
async function isSealed(calling: ToolCalling): Promise<boolean> {
  const { execution, entry, card, input } = calling;
  const call = { tool: card.name, input, idempotencyKey: keyOf(calling), outcome: 'unknown' as const };
  const sealed = await unlessItFails(
    callWithinBudget({ execution, entry }, () =>
      compensations.undoTool.executeWithOptions(optionsOf(calling, 'seal'), [call]),
    ),
  );
  return sealed !== undefined;
}

function optionsOf({ entry, card }: ToolCalling, what: string) {
  return {
    activityId: `${entry.step}.${what}`,
    summary: summary(`${what} of ${entry.step}`, card.name),
    eventGroups: groupOf(entry.step, entry.about),
  };
}

async function unlessItFails<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (expectedFailure(error) === undefined) throw error;
    return undefined;
  }
}
