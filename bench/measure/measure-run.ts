import type { ModelServer } from '../model/model-server';
import type { ServerWay } from '../servers/temporal-server';
import type { RunningSystem } from '../systems/system';
import { randomText } from '../work/random-text';
import { stepsOf, toolCallsOf, type Shape, type Work, type WorkResult } from '../work/work';
import { cpuSecondsOf, forgetPeak, memoryOf } from './process-usage';
import type { Sample } from './sample';

/** One measurement to make. */
export interface Measuring {
  readonly system: string;
  readonly server: ServerWay;
  readonly work: Work;
  readonly delayMs: number;
  /** Model calls that all runs together make; any other number is a fault of the system's adapter. */
  readonly modelCalls: number;
  /** Unique, and the beginning of the ids of its runs. */
  readonly id: string;
}

/** The ids of a measurement's runs. */
function runIdsOf({ id, work }: Measuring): readonly string[] {
  return Array.from({ length: work.runs }, (_, index) => `${id}-${index}`);
}

/**
 * Does all runs of a work at once on a system that is ready, and measures them together.
 *
 * @throws when a run fails, or did not do the whole work: then its time says nothing
 */
export async function measureRun(running: RunningSystem, model: ModelServer, measuring: Measuring): Promise<Sample> {
  const { system, server, work, delayMs } = measuring;
  const { shape, runs } = work;
  await model.behave({ delayMs, ...modelBehaviourOf(shape) });
  const ids = runIdsOf(measuring);
  // The same text for every system, another for every run.
  const inputs = ids.map((_, index) => ({ shape, text: randomText(`${work.name} ${index}`, shape.textBytes) }));
  forgetPeak(running.workerPid);
  const before = usageOf(running);
  const startedAt = performance.now();
  const results = await Promise.all(ids.map((id, index) => running.run(id, inputs[index]!)));
  const wallMs = performance.now() - startedAt;
  const after = usageOf(running);
  const workerCpuSeconds = difference(before.worker, after.worker);
  const serverCpuSeconds = difference(before.server, after.server);
  assertWhole(measuring, results, (await model.counts()).requests);
  return {
    ...{ system, server, work: work.name, delayMs, runs, wallMs },
    steps: runs * stepsOf(shape),
    ...(workerCpuSeconds === undefined ? {} : { workerCpuSeconds }),
    ...(serverCpuSeconds === undefined ? {} : { serverCpuSeconds }),
    ...(before.memory === undefined ? {} : { workerBytesBefore: before.memory.nowBytes }),
    ...(after.memory === undefined ? {} : { workerBytesPeak: after.memory.peakBytes }),
    history: await running.historySize(ids[0] ?? ''),
  };
}

function modelBehaviourOf(shape: Shape) {
  const isConversation = shape.kind === 'long';
  return {
    textBytes: shape.textBytes,
    toolCalls: isConversation ? shape.turns : 1,
    toolArguments: isConversation ? { bytes: shape.resultBytes } : {},
  };
}

function usageOf({ workerPid, serverPid }: RunningSystem) {
  return { worker: cpuSecondsOf(workerPid), server: cpuSecondsOf(serverPid), memory: memoryOf(workerPid) };
}

function difference(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before;
}

function assertWhole({ work, modelCalls }: Measuring, results: readonly WorkResult[], requests: number): void {
  const { shape } = work;
  if (requests !== modelCalls)
    throw new Error(`Expected ${modelCalls} model calls, and the model counted ${requests}.`);
  const calls = toolCallsOf(shape);
  for (const { text, toolCalls } of results) {
    if (toolCalls !== calls) throw new Error(`Expected ${calls} tool calls in a run, and it reports ${toolCalls}.`);
    if (text.length < shape.textBytes) {
      throw new Error(`Expected a result of at least ${shape.textBytes} bytes, and got ${text.length}.`);
    }
  }
}
