import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

/** When the server was asked for a call, and when it learnt that the call had ended: nanoseconds since the epoch. */
export interface CallTimes {
  readonly asked: bigint;
  ended: bigint | undefined;
}

/** The calls of a run, of all its executions, by activity id. */
export async function callTimesOf(client: Client, workflowId: string): Promise<Map<string, CallTimes>> {
  const times = new Map<string, CallTimes>();
  let runId: string | null | undefined;
  do {
    const { events } = await client.workflow.getHandle(workflowId, runId ?? undefined).fetchHistory();
    note(times, events ?? []);
    runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
  } while (typeof runId === 'string' && runId !== '');
  return times;
}

function note(times: Map<string, CallTimes>, events: readonly temporal.api.history.v1.IHistoryEvent[]): void {
  const ids = new Map<string, string>();
  for (const event of events) {
    const id = event.activityTaskScheduledEventAttributes?.activityId;
    if (typeof id === 'string') {
      ids.set(String(event.eventId), id);
      if (!times.has(id)) times.set(id, { asked: timeOf(event), ended: undefined });
    }
    const end =
      event.activityTaskCompletedEventAttributes ??
      event.activityTaskFailedEventAttributes ??
      event.activityTaskTimedOutEventAttributes ??
      event.activityTaskCanceledEventAttributes;
    const ended = times.get(ids.get(String(end?.scheduledEventId)) ?? '');
    if (ended !== undefined) ended.ended = timeOf(event);
  }
}

function timeOf({ eventTime }: temporal.api.history.v1.IHistoryEvent): bigint {
  return BigInt(String(eventTime?.seconds ?? 0)) * 1_000_000_000n + BigInt(eventTime?.nanos ?? 0);
}
