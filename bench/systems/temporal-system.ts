import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { historySizeOf } from '../measure/history-size';
import type { WorkInput, WorkResult } from '../work/work';
import type { Prepared, Recorded, RunningSystem, Surroundings } from './system';
import { startWorkerProcess } from './worker-process';

/** What tells one system on Temporal from another. */
export interface TemporalParts {
  readonly name: string;
  /** The compiled program of its worker. */
  readonly workerFile: string;
  readonly bundleFile: string;
  readonly bundleBytes: number;
  /** How whoever starts runs reads what the worker keeps in its folder. Default: as the SDK has it. */
  readonly dataConverterOf?: (folder: string) => DataConverter;
  /** Takes the result out of what its workflow returns. Default: it is the result. */
  readonly resultOf?: (returned: never) => WorkResult;
}

const replayTimes = 5;
/** A run that takes longer has failed: a benchmark must end. */
const runWithin = '15 minutes';

/** A system whose runs are workflows: the workflow type is the kind of the work's shape. */
export function onTemporal(parts: TemporalParts, folder: string): Prepared {
  return {
    bundleBytes: parts.bundleBytes,
    start: (surroundings) => start(parts, surroundings),
    async replay({ file, events }) {
      const { workerFile, bundleFile } = parts;
      const order = { order: 'replay', bundleFile, historyFile: file, times: replayTimes, folder } as const;
      const replayed = await startWorkerProcess(workerFile, order);
      await replayed.stop();
      if (replayed.firstWord.type !== 'replayed') throw new Error(`${parts.name} did not replay.`);
      const { times, durationMs } = replayed.firstWord;
      return { eventsPerSecond: (times * events * 1_000) / durationMs };
    },
  };
}

/** The task queue of a system's worker. */
export function taskQueueOf(system: string): string {
  return `bench-${system}`;
}

async function start(parts: TemporalParts, surroundings: Surroundings): Promise<RunningSystem> {
  const { temporalAddress, modelUrl, folder, temporalPid } = surroundings;
  const { workerFile, bundleFile, resultOf = (returned: WorkResult) => returned } = parts;
  const taskQueue = taskQueueOf(parts.name);
  const order = { order: 'work', temporalAddress, taskQueue, modelUrl, bundleFile, folder } as const;
  const worker = await startWorkerProcess(workerFile, order);
  const connection = await Connection.connect({ address: temporalAddress });
  const { dataConverterOf } = parts;
  const client = new Client({
    connection,
    ...(dataConverterOf === undefined ? {} : { dataConverter: dataConverterOf(folder) }),
  });
  return {
    workerPid: worker.pid,
    serverPid: temporalPid,
    readyMs: worker.firstWordMs,
    async run(id, input: WorkInput) {
      const returned: unknown = await client.workflow.execute(input.shape.kind, {
        workflowId: id,
        taskQueue,
        args: [input],
        workflowExecutionTimeout: runWithin,
      });
      return resultOf(returned as never); // each system's adapter knows what its workflows return
    },
    async takeUp(id) {
      const returned: unknown = await client.workflow.getHandle(id).result();
      return resultOf(returned as never); // as above
    },
    historySize: (id) => historySizeOf(client, id),
    record: (id, file) => record(client, id, join(folder, file)),
    async stop() {
      await worker.stop();
      await connection.close();
    },
    async kill() {
      await worker.kill();
      await connection.close();
    },
  };
}

async function record(client: Client, id: string, file: string): Promise<Recorded> {
  const history = await client.workflow.getHandle(id).fetchHistory();
  await writeFile(file, temporal.api.history.v1.History.encode(history).finish());
  return { file, events: history.events?.length ?? 0 };
}
