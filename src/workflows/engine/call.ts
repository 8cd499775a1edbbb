import { ActivityCancellationType, condition, proxyActivities, type ActivityInterfaceFor } from '@temporalio/workflow';
import type { EngineActivities } from '../../contracts/activities';
import { failureTypes, type FailureType } from '../../contracts/failures';
import type { JournalEntry } from '../../contracts/journal';
import { addUsage, type Usage } from '../../contracts/usage';
import type { Execution } from './execution';
import { expectedFailure } from './failing';
import { despiteLostWorkers } from './lost-worker';

/** Tries of one call before its failure counts. */
const callAttemptsMax = 4;

const finalFailureTypes = (Object.keys(failureTypes) as FailureType[]) // the keys of a literal are its type's keys
  .filter((type) => !failureTypes[type].retryable);

/** The border of the sandbox: every call leaves through one of these activities. */
export const activities: ActivityInterfaceFor<EngineActivities> = despiteLostWorkers(
  proxyActivities<EngineActivities>({
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '10 seconds',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: '500 milliseconds',
      backoffCoefficient: 2,
      maximumInterval: '10 seconds',
      maximumAttempts: callAttemptsMax,
      nonRetryableErrorTypes: finalFailureTypes,
    },
  }),
);

/** For a call that must not be repeated by itself. */
export const oneAttempt = { maximumAttempts: 1 } as const;

/** The undoing of effects is tried more patiently than anything else. */
const undoAttemptsMax = 6;

/** The same border for compensations. */
export const compensations: Pick<ActivityInterfaceFor<EngineActivities>, 'undoTool'> = despiteLostWorkers(
  proxyActivities<EngineActivities>({
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '10 seconds',
    retry: {
      initialInterval: '500 milliseconds',
      backoffCoefficient: 3,
      maximumInterval: '30 seconds',
      maximumAttempts: undoAttemptsMax,
      nonRetryableErrorTypes: finalFailureTypes,
    },
  }),
);

/** The step on whose account a call is made. */
export interface CallingStep {
  readonly execution: Execution;
  readonly entry: JournalEntry;
}

/**
 * Makes one call within the run's budget, and writes what it cost into its step. It is counted as in flight until it
 * is settled; a run that is about to continue as new makes no more calls, and the next execution asks again.
 *
 * @param usageOf what the answer cost; a call that fails costs one call
 */
export async function callWithinBudget<Answer>(
  { execution, entry }: CallingStep,
  call: () => Promise<Answer>,
  usageOf: (answer: Answer) => Usage = () => oneCall,
): Promise<Answer> {
  if (execution.stopped) throw execution.stopped;
  if (execution.handingOver) return heldBack(execution);
  reserve(execution);
  execution.callsInFlight += 1;
  let spent = oneCall;
  try {
    const answer = await whileBusy({ execution, entry }, call);
    spent = usageOf(answer);
    return answer;
  } finally {
    execution.ledger.settleCall(spent);
    entry.usage = addUsage(entry.usage, spent);
    execution.callsInFlight -= 1;
  }
}

/** Counts a step as busy while it waits for a call, a timer or a person: then its branch is not quiet. */
export async function whileBusy<Answer>(
  { execution: { busy }, entry: { step } }: CallingStep,
  wait: () => Promise<Answer>,
): Promise<Answer> {
  busy.set(step, (busy.get(step) ?? 0) + 1);
  try {
    return await wait();
  } finally {
    const left = (busy.get(step) ?? 1) - 1;
    if (left > 0) busy.set(step, left);
    else busy.delete(step);
  }
}

export const oneCall: Usage = { tokens: 0, costMicroUsd: 0, calls: 1 };

function reserve(execution: Execution): void {
  try {
    execution.ledger.reserveCall();
  } catch (error) {
    execution.stopped ??= expectedFailure(error);
    throw error;
  }
}

/** For what this execution will not do any more: the next one asks again, unless this one is stopped first. */
export async function heldBack(execution: Execution): Promise<never> {
  await condition(() => execution.stopped !== undefined);
  throw execution.stopped ?? new Error('Expected the run to have stopped.');
}
