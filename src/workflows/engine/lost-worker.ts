import { ActivityFailure, TimeoutFailure, type ActivityInterfaceFor, type ActivityOptions } from '@temporalio/workflow';

/** A call is made anew at most this often, and then fails: it may be what its workers die of. */
const callsAnewMax = 5;

type Activity = (...args: unknown[]) => Promise<unknown>;
/** One activity of the SDK's proxy. */
export type Callable = Activity & { executeWithOptions(options: ActivityOptions, args: unknown[]): Promise<unknown> };

/**
 * Makes calls outlast their workers. The attempts of a call are counted against the call, and a worker that is lost
 * says nothing of it: when its last attempt ended so, the call is made anew, as far as it may be repeated at all.
 */
export function despiteLostWorkers<Own>(activities: ActivityInterfaceFor<Own>): ActivityInterfaceFor<Own> {
  return new Proxy(activities, {
    get(target, name) {
      const activity = Reflect.get(target, name) as Callable; // each property of the SDK's proxy is an activity
      const executeWithOptions = (options: ActivityOptions, args: unknown[]) =>
        callAnew(options, (anew) => activity.executeWithOptions(anew, args));
      return Object.assign((...args: unknown[]) => activity(...args), { executeWithOptions });
    },
  });
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
