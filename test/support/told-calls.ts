import { ActivityFailure, ApplicationFailure, TimeoutFailure, type ActivityOptions } from '@temporalio/workflow';
import type { FailureType } from '../../src/contracts/failures';
import { citing } from '../../src/workflows/engine/citations';
import { despiteLostWorkers } from '../../src/workflows/engine/lost-worker';

/** What a call comes to: an answer, a worker that is lost, or one that does not remember what the call cites. */
export type End = { readonly answer: unknown } | 'lost' | 'forgotten';

/** Calls of an execution that end as they are told to, by their ids; others answer with nothing. Notes what is called. */
export function toldCalls(ends: Readonly<Record<string, End>>) {
  const made: [activityId: string, call: unknown][] = [];
  const callTool = {
    executeWithOptions({ activityId = '' }: ActivityOptions, [call]: unknown[]): Promise<unknown> {
      made.push([activityId, call]);
      const end = ends[activityId] ?? { answer: null };
      return typeof end === 'string' ? Promise.reject(failed(activityId, end)) : Promise.resolve(end.answer);
    },
  };
  const activities = despiteLostWorkers(citing({ callTool } as never)) as unknown as { callTool: typeof callTool };
  const ask = (activityId: string, call: unknown) => activities.callTool.executeWithOptions({ activityId }, [call]);
  return { ask, made };
}

function failed(activityId: string, end: 'lost' | 'forgotten'): ActivityFailure {
  const type: FailureType = 'CitedTextForgotten';
  const cause =
    end === 'lost'
      ? new TimeoutFailure('No heartbeat.', undefined, 'HEARTBEAT')
      : ApplicationFailure.create({ type, nonRetryable: true });
  return new ActivityFailure('It failed.', 'callTool', activityId, 'TIMEOUT', 'worker', cause);
}
