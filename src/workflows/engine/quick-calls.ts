import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  proxyLocalActivities,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { EngineActivities } from '../../contracts/activities';
import type { AgentCard, ToolCard } from '../../contracts/manifest';
import { callRetry } from './call';
import type { Execution, QuickCalls } from './execution';

/**
 * Quick calls that may be made before an ordinary one commits them: a worker that is killed repeats no more than these,
 * and their answers, of which large ones are in the artifacts, fit one message to the server.
 */
export const quickCallsMax = 100;

/** The same border for quick calls: they are made by the worker that has the run, and are markers in its history. */
export const localActivities = proxyLocalActivities<EngineActivities>({
  startToCloseTimeout: '1 minute',
  retry: callRetry,
  // A run that waits for longer hears what people say to it meanwhile.
  localRetryThreshold: '1 second',
});

/** The activities that calls of a quick agent or tool can be made by, in either place. */
type Callable = Execution['activities'] | typeof localActivities;

/**
 * Makes a call of an agent or a tool: of a quick one as a local activity, unless too many are not committed yet, of any
 * other as an ordinary activity. Manifests that were recorded before there were quick ones name none.
 *
 * @param call makes the call by the activities that it is given
 */
export function callWhereDue<Answer>(
  execution: Execution,
  { isQuick }: Pick<AgentCard | ToolCard, 'isQuick'>,
  call: (by: Callable) => Promise<Answer>,
): Promise<Answer> {
  const { activities, quickCalls } = execution;
  if (isQuick !== true) return call(activities);
  if (quickCalls.made - quickCalls.committed >= quickCallsMax) return committing(quickCalls, () => call(activities));
  quickCalls.made += 1;
  return seenThrough(() => call(localActivities));
}

/** By the time an ordinary activity has answered, what was called before it is committed. */
async function committing<Answer>(quickCalls: QuickCalls, call: () => Promise<Answer>): Promise<Answer> {
  const { made } = quickCalls;
  const answer = await call();
  quickCalls.committed = Math.max(quickCalls.committed, made);
  return answer;
}

/**
 * Waits for a local activity whatever comes: one that is cancelled in the moment in which it ends fails the workflow task
 * of its run for ever (SDK 1.24), and a quick one ends by itself.
 */
export async function seenThrough<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('No longer asked for.');
  try {
    return await CancellationScope.nonCancellable(call);
  } catch (error) {
    throw asOrdinary(error);
  }
}

/** A local activity's failure comes bare; an ordinary one's tells that it is of an activity. */
function asOrdinary(error: unknown): unknown {
  if (!(error instanceof ApplicationFailure || error instanceof TimeoutFailure)) return error;
  return new ActivityFailure(
    'Activity task failed',
    'quick call',
    undefined,
    'NON_RETRYABLE_FAILURE',
    undefined,
    error,
  );
}
