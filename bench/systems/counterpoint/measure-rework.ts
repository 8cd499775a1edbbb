import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { decide } from '../../../src/client/decisions';
import type { RunView, WaitingView } from '../../../src/contracts/run-view';
import { runViewQuery } from '../../../src/workflows/messages';
import type { Cost, Rework } from '../../measure/rework';
import { until } from '../../measure/until';
import type { ModelServer } from '../../model/model-server';
import { randomText } from '../../work/random-text';
import type { Surroundings } from '../system';
import { taskQueueOf } from '../temporal-system';
import { dataConverterOf } from './data-converter';

const partsCount = 20;
const textBytes = 1_024;
const behaviour = { delayMs: 50, textBytes, toolCalls: 0, toolArguments: {} };
const withinMs = 60_000;
const actor = 'bench';
const input = { parts: Array.from({ length: partsCount }, (_, index) => randomText(`part ${index}`, textBytes)) };

/**
 * Has the reading of one part of twenty rejected when the whole is to be signed off, and measures what comes of it until
 * it can be signed off again: by rework, and in a run that starts again. The worker must be running.
 *
 * @param id unique, and the beginning of the ids of the runs
 */
export async function measureRework(around: Surroundings, model: ModelServer, id: string): Promise<Rework> {
  const connection = await Connection.connect({ address: around.temporalAddress });
  const client = new Client({ connection, dataConverter: dataConverterOf(around.folder) });
  const begin = (runId: string) =>
    client.workflow.start('revised', { workflowId: runId, taskQueue: taskQueueOf('counterpoint'), args: [input] });
  const settle = async (handle: WorkflowHandle, { step, shown }: WaitingView) => {
    await decide(client, handle.workflowId, { decision: 'approve', step, shown, actor });
    await handle.result();
  };
  try {
    await model.behave(behaviour);
    // What this one takes until it can be signed off is not counted: it warms up.
    const wrong = await begin(`${id}-wrong`);
    const { waiting, view } = await signable(wrong);
    const blame = view.steps.filter(({ kind }) => kind === 'agent')[Math.floor(partsCount / 2)]?.step ?? '';
    const reworked = await costOf(model, async () => {
      const said = { decision: 'reject', blame, comment: 'This part was read wrongly.', actor } as const;
      await decide(client, wrong.workflowId, { ...said, step: waiting.step, shown: waiting.shown });
      return signable(wrong, waiting);
    });
    await settle(wrong, reworked.outcome.waiting);
    let again = wrong;
    const startedAgain = await costOf(model, async () => {
      again = await begin(`${id}-again`);
      return signable(again);
    });
    await settle(again, startedAgain.outcome.waiting);
    return { reworked: reworked.cost, startedAgain: startedAgain.cost };
  } finally {
    await connection.close();
  }
}

interface Signable {
  readonly view: RunView;
  readonly waiting: WaitingView;
}

/** Waits until there is something to sign off, other than what was rejected. */
async function signable(handle: WorkflowHandle, before?: WaitingView): Promise<Signable> {
  const isNew = ({ shown }: WaitingView) => shown !== before?.shown;
  const view = await until(
    () => handle.query(runViewQuery),
    ({ waiting }) => waiting.some(isNew),
    withinMs,
  );
  const waiting = view.waiting.find(isNew);
  if (waiting === undefined) throw new Error('Expected a step that waits.');
  return { view, waiting };
}

async function costOf<Outcome>(
  model: ModelServer,
  work: () => Promise<Outcome>,
): Promise<{ readonly cost: Cost; readonly outcome: Outcome }> {
  await model.behave(behaviour);
  const startedAt = performance.now();
  const outcome = await work();
  const durationMs = performance.now() - startedAt;
  const { requests, tokens } = await model.counts();
  return { cost: { durationMs, modelCalls: requests, tokens }, outcome };
}
