import type { Client } from '@temporalio/client';
import { failure } from '../contracts/failures';
import type { ProcessDescription } from '../contracts/process';
import { findProcess } from './find-process';
import { inputOf } from './recorded';
import { describeRun, journalOf, resultOfRun, type TakenOver } from './runs';

/** A run from which another takes over: its process, its input, and its journal. */
export interface Predecessor extends TakenOver {
  readonly process: ProcessDescription;
  readonly input: unknown;
}

/**
 * What a fork begins with: the answers of another run up to a step, which is asked anew.
 *
 * @throws `InvalidInput` when the other run has no such step that was answered; `RunNotFound`
 */
export async function toFork(
  client: Client,
  processes: readonly ProcessDescription[],
  { runId, at }: { readonly runId: string; readonly at: string },
): Promise<Predecessor> {
  const found = await predecessor(client, processes, runId);
  const isAnswered = found.entries.some(({ step, struck, turn }) => {
    return step === at && struck === undefined && turn !== undefined;
  });
  if (!isAnswered) {
    throw failure(
      'InvalidInput',
      `The run ${runId} has no step ${at} that was answered and still counts. \`counterpoint show ${runId}\` lists its steps.`,
      { runId, at },
    );
  }
  return { ...found, inheritance: { as: 'fork', from: runId, entries: found.entries, at } };
}

/**
 * What a repair begins with: what still holds of a run that has ended without completing.
 *
 * @throws `InvalidInput` when the run goes on, or has completed; `RunNotFound`
 */
export async function toRepair(
  client: Client,
  processes: readonly ProcessDescription[],
  runId: string,
): Promise<Predecessor> {
  const { status } = await describeRun(client, runId);
  if (status.name === 'RUNNING') {
    throw failure(
      'InvalidInput',
      `The run ${runId} has not ended: there is nothing to repair. Reject what is wrong with \`reject\`, or \`cancel\` the run first.`,
      { runId },
    );
  }
  // What was ended from outside has no outcome, and its journal is there all the same.
  const result = status.name === 'COMPLETED' ? await resultOfRun(client, runId) : undefined;
  if (result?.outcome === 'completed') {
    throw failure(
      'InvalidInput',
      `The run ${runId} has completed: there is nothing to repair. \`fork\` begins another one with its answers.`,
      { runId },
    );
  }
  const found = await predecessor(client, processes, runId);
  return { ...found, inheritance: { as: 'repair', from: runId, entries: found.entries } };
}

async function predecessor(client: Client, processes: readonly ProcessDescription[], runId: string) {
  const { type, runId: executionId } = await describeRun(client, runId);
  const process = findProcess(processes, type);
  const entries = [...(await journalOf(client, runId))];
  return { process, executionId, entries, input: await inputOf(client, runId, executionId) };
}
