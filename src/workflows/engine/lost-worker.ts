import { ActivityFailure, TimeoutFailure, type ActivityInterfaceFor, type ActivityOptions } from '@temporalio/workflow';
import { aroundCalls } from './around-calls';

/** A call is made anew at most this often, and then fails: it may be what its workers die of. */
const callsAnewMax = 5;

/**
 * Makes calls outlast their workers. The attempts of a call are counted against the call, and a worker that is lost
 * says nothing of it: when its last attempt ended so, the call is made anew, as far as it may be repeated at all.
 */
export function despiteLostWorkers<Own>(activities: ActivityInterfaceFor<Own>): ActivityInterfaceFor<Own> {
  return aroundCalls(activities, (make) => (options, args) => callAnew(options, (anew) => make(anew, args)));
}

function callAnew(
  options: ActivityOptions,
  call: (options: ActivityOptions) => Promise<unknown>,
  round = 0,
): Promise<unknown> {
  const { activityId = '', retry } = options;
  const anew = round === 0 ? options : { ...options, activityId: `${activityId}.anew-${round}` };
  return call(anew).catch((error: unknown) => {
    if (round === callsAnewMax || retry?.maximumAttempts === 1 || !isWorkerLost(error)) throw error;
    return callAnew(options, call, round + 1);
  });
}

function isWorkerLost(error: unknown): boolean {
  if (!(error instanceof ActivityFailure) || error.retryState === 'CANCEL_REQUESTED') return false;
  return error.cause instanceof TimeoutFailure && error.cause.timeoutType === 'HEARTBEAT';
}
