import type { ModelServer } from '../model/model-server';
import type { RunningSystem } from '../systems/system';
import { randomText } from '../work/random-text';
import type { WorkInput } from '../work/work';
import { memoryOf } from './process-usage';
import { until } from './until';

const runsCount = 100;
const textBytes = 1_024;
/** Longer than it takes to start all runs, so that each waits for the model when memory is read. */
const delayMs = 10_000;
const withinMs = 60_000;

/**
 * The memory of a worker, in bytes, while a hundred runs wait for the model.
 *
 * @param id unique, and the beginning of the ids of its runs
 * @returns nothing where the system does not tell
 * @throws when the runs do not all come to wait
 */
export async function measureLive(running: RunningSystem, model: ModelServer, id: string): Promise<number | undefined> {
  await model.behave({ delayMs, textBytes, toolCalls: 1, toolArguments: {} });
  const results = Array.from({ length: runsCount }, (_, index) => {
    const input: WorkInput = {
      shape: { kind: 'chain', steps: 1, textBytes },
      text: randomText(`live ${index}`, textBytes),
    };
    return running.run(`${id}-${index}`, input);
  });
  const all = Promise.all(results);
  all.catch(() => undefined); // it is awaited below, unless the runs do not come to wait
  await until(
    () => model.counts(),
    ({ requests }) => requests === runsCount,
    withinMs,
  );
  const memory = memoryOf(running.workerPid);
  await all;
  return memory?.nowBytes;
}
