import { randomBytes } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils';
import { startEngine, type Engine, type RunHandle } from '../../test/support/engine-world';
import { agents } from '../../test/support/catalogue';
import globalSetup from '../../test/support/global-setup';
import { draft, repliesOf, startModelWorld, toolCalls } from '../../test/support/model-world';
import { desk } from '../../test/support/processes';

/** What one run came to. */
export interface Figure {
  /** Calls that the model made of tools, one a turn. */
  readonly calls: number;
  /** Workflow executions: more than one when the run continued as new. */
  readonly executions: number;
  /** Of all executions, as the server counts them. */
  readonly events: number;
  readonly bytes: number;
}

const callsMeasured = [5, 10, 20, 40, 80, 200] as const;
const answerBytes = 5 * 1024;
/** The most bytes that a history may have, by calls. */
export const targets: ReadonlyMap<number, number> = new Map([
  [40, 120_000],
  [200, 600_000],
]);
/** Room for every answer, so that nothing is compacted. */
const contextTokens = 10_000_000;

/** Runs an agent for each number of calls, one after the other, on a dev server. */
export async function measure(say: (line: string) => void): Promise<readonly Figure[]> {
  await globalSetup();
  const engine = await startEngine({ isReal: true });
  try {
    const figures: Figure[] = [];
    for (const calls of callsMeasured) {
      say(`${calls} calls of a tool`);
      figures.push(await runWith(engine, calls));
    }
    return figures;
  } finally {
    await engine.stop();
  }
}

async function runWith(engine: Engine, calls: number): Promise<Figure> {
  const asking = Array.from({ length: calls }, (_none, at) =>
    toolCalls([`call-${at}`, 'lookUp', { key: `what is written under ${at}` }]),
  );
  const world = await startModelWorld(repliesOf({ small: [...asking, draft('On tides.')] }), contextTokens);
  const { clerk } = agents;
  world.definitions['clerk'] = { ...clerk, limits: { ...clerk.limits, turnsMax: calls + 1 } };
  const { lookUp } = world.tools;
  if (lookUp === undefined) throw new Error('Expected the catalogue to have lookUp.');
  const answer = () => Promise.resolve({ value: randomBytes(answerBytes).toString('base64').slice(0, answerBytes) });
  world.tools['lookUp'] = { ...lookUp, execute: answer };
  try {
    return await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(desk, taskQueue, { topic: 'tides' });
      const { outcome } = await handle.result();
      if (outcome !== 'completed') throw new Error(`Expected the run to complete; it ended ${outcome}.`);
      return { calls, ...(await sizeOf(handle)) };
    });
  } finally {
    await world.close();
  }
}

async function sizeOf({
  client,
  workflowId,
  firstExecutionRunId,
}: Pick<RunHandle, 'client' | 'workflowId' | 'firstExecutionRunId'>): Promise<Omit<Figure, 'calls'>> {
  const size = { executions: 0, events: 0, bytes: 0 };
  let runId: string | null | undefined = firstExecutionRunId;
  while (typeof runId === 'string' && runId !== '') {
    const handle: WorkflowHandle = client.getHandle(workflowId, runId);
    const { historyLength, historySize = 0 } = await handle.describe();
    size.executions += 1;
    size.events += historyLength;
    size.bytes += historySize;
    const { events }: History = await handle.fetchHistory();
    runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return size;
}

/** The figures for people. */
export function tableText(figures: readonly Figure[]): string {
  const rows = figures.map(({ calls, events, bytes, executions }) => {
    const target = targets.get(calls);
    return [
      ...[String(calls), String(events), String(bytes), String(Math.round(bytes / calls)), String(executions)],
      target === undefined ? '' : `${bytes < target ? 'under' : 'OVER'} ${target}`,
    ];
  });
  const all = [['calls', 'events', 'bytes', 'bytes a call', 'executions', 'target'], ...rows];
  const widths = all[0]?.map((_none, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')).join('\n');
}
