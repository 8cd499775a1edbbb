import type { ModelServer } from '../model/model-server';
import type { RunningSystem } from '../systems/system';
import { randomText } from '../work/random-text';
import type { WorkInput } from '../work/work';
import { until } from './until';

/** What a killed worker cost its run. Times are from the moment of the kill, another worker's start included. */
export interface Recovery {
  /** Until the model was asked again. */
  readonly resumedMs: number;
  readonly endedMs: number;
  /** Model calls that were made twice. */
  readonly callsRepeated: number;
}

const steps = 20;
const textBytes = 1_024;
/** Long enough that the worker is killed while it waits for the model. */
const delayMs = 500;
const killedAtCall = 5;
const withinMs = 300_000;

/**
 * Kills a worker in the middle of a chain, starts another at once, and sees the run to its end.
 *
 * @param again starts the other worker, after the kill
 */
export async function measureRecovery(
  running: RunningSystem,
  again: () => Promise<RunningSystem>,
  { model, id }: { readonly model: ModelServer; readonly id: string },
): Promise<Recovery> {
  await model.behave({ delayMs, textBytes, toolCalls: 1, toolArguments: {} });
  const input: WorkInput = { shape: { kind: 'chain', steps, textBytes }, text: randomText('recovery', textBytes) };
  // It comes to nothing: the run is taken up again below.
  running.run(id, input).catch(() => undefined);
  const asked = await until(
    () => model.counts(),
    ({ requests }) => requests >= killedAtCall,
    withinMs,
  );
  const killedAt = performance.now();
  await running.kill();
  const next = await again();
  const ending = next.takeUp(id, input);
  ending.catch(() => undefined); // it is awaited below, unless the model is not asked again
  await until(
    () => model.counts(),
    ({ requests }) => requests > asked.requests,
    withinMs,
  );
  const resumedMs = performance.now() - killedAt;
  const { toolCalls } = await ending;
  const endedMs = performance.now() - killedAt;
  if (toolCalls !== steps) throw new Error(`Expected ${steps} tool calls in the run, and it reports ${toolCalls}.`);
  const { requests } = await model.counts();
  return { resumedMs, endedMs, callsRepeated: requests - steps };
}
