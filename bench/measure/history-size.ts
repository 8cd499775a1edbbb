import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@temporalio/client';

/** What the server keeps of a run: of all its executions, and of those of its children. */
export interface HistorySize {
  readonly events: number;
  readonly bytes: number;
  /** Events of the longest single history. */
  readonly longestEvents: number;
  readonly executions: number;
}

const settleWithinMs = 30_000;
const lookEveryMs = 100;

/** Adds up what the server itself counts, once it lists nothing of the run as still going on. */
export async function historySizeOf(client: Client, workflowId: string): Promise<HistorySize> {
  for (const deadline = Date.now() + settleWithinMs; ;) {
    const size = { events: 0, bytes: 0, longestEvents: 0, executions: 0 };
    let isRunning = false;
    for await (const execution of client.workflow.list({ query: `RootWorkflowId = "${workflowId}"` })) {
      const { historyLength: events, historySize: bytes = 0, status } = execution;
      isRunning ||= status.name === 'RUNNING';
      size.events += events;
      size.bytes += bytes;
      size.longestEvents = Math.max(size.longestEvents, events);
      size.executions += 1;
    }
    if (size.executions > 0 && !isRunning) return size;
    if (Date.now() > deadline) throw new Error(`The server still lists ${workflowId} as running after its result.`);
    await wait(lookEveryMs);
  }
}
