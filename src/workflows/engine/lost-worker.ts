import { ActivityFailure, TimeoutFailure, type ActivityInterfaceFor, type ActivityOptions } from '@temporalio/workflow';

/** A call is made anew at most this often, and then fails: it may be what its workers die of. */
const callsAnewMax = 5;

type Activity = (...args: unknown[]) => Promise<unknown>;
/** Is told what an activity has answered. */
type Hear = (activityId: string | undefined, answer: unknown) => void;

/** One activity of the SDK's proxy. */
export type Callable = Activity & { executeWithOptions(options: ActivityOptions, args: unknown[]): Promise<unknown> };

/**
 * Makes calls outlast their workers. The attempts of a call are counted against the call, and a worker that is lost
 * says nothing of it: when its last attempt ended so, the call is made anew, as far as it may be repeated at all.
 *
 * @param hear is told every answer, by the activity that gave it
 */
export function despiteLostWorkers<Own>(
  activities: ActivityInterfaceFor<Own>,
  hear: Hear = () => undefined,
): ActivityInterfaceFor<Own> {
  return new Proxy(activities, {
    get(target, name) {
      const activity = Reflect.get(target, name) as Callable; // each property of the SDK's proxy is an activity
      const executeWithOptions = (options: ActivityOptions, args: unknown[]) =>
        callAnew({ call: (anew) => activity.executeWithOptions(anew, args), hear }, options);
      return Object.assign((...args: unknown[]) => activity(...args), { executeWithOptions });
    },
  });
}

interface Calling {
  readonly call: (options: ActivityOptions) => Promise<unknown>;
  readonly hear: Hear;
}

function callAnew(calling: Calling, options: ActivityOptions, round = 0): Promise<unknown> {
  const { activityId = '', retry } = options;
  const anew = round === 0 ? options : { ...options, activityId: `${activityId}.anew-${round}` };
  return calling.call(anew).then(
    (answer) => {
      calling.hear(anew.activityId, answer);
      return answer;
    },
    (error: unknown) => {
      if (round === callsAnewMax || retry?.maximumAttempts === 1 || !isWorkerLost(error)) throw error;
      return callAnew(calling, options, round + 1);
    },
  );
}

function isWorkerLost(error: unknown): boolean {
  if (!(error instanceof ActivityFailure) || error.retryState === 'CANCEL_REQUESTED') return false;
  return error.cause instanceof TimeoutFailure && error.cause.timeoutType === 'HEARTBEAT';
}
