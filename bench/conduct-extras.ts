import { reasonOf, type Bench, type Stage } from './bench';
import { measureLive } from './measure/measure-live';
import { measureRecovery } from './measure/measure-recovery';
import type { Extra } from './plan';
import type { Recorded, RunningSystem, System } from './systems/system';
import { randomText } from './work/random-text';
import type { WorkInput } from './work/work';

/** Measures what is planned beside the works. Recovery comes late: it leaves other workers behind. */
export async function measureExtras(bench: Bench, stage: Stage): Promise<void> {
  const { plan } = bench;
  if (plan.extras.includes('live')) await forEach(bench, stage, { extra: 'live', measure: liveOf });
  if (plan.extras.includes('rework')) await forEach(bench, stage, { extra: 'rework', measure: reworkOf });
  if (plan.extras.includes('replay')) await replay(bench, stage);
  if (plan.extras.includes('recovery')) await forEach(bench, stage, { extra: 'recovery', measure: recoveryOf });
}

interface On {
  readonly system: System;
  readonly running: RunningSystem;
  readonly stage: Stage;
}

interface Measuring {
  readonly extra: Extra;
  /** Tells what it found, or nothing where the system does not have it. */
  readonly measure: (bench: Bench, on: On) => Promise<string | undefined>;
}

/** What is measured while a run waits for the model. */
const waitsForModel: readonly Extra[] = ['live', 'recovery'];

/** Each system in turn; where one fails, the table says why. */
async function forEach(bench: Bench, stage: Stage, { extra, measure }: Measuring): Promise<void> {
  const { plan, measured } = bench;
  for (const system of plan.systems) {
    const running = stage.running.get(system);
    if (running === undefined || (system.asksNoModel === true && waitsForModel.includes(extra))) continue;
    try {
      const found = await measure(bench, { system, running, stage });
      if (found !== undefined) plan.say(`${system.name}, ${extra}: ${found}`);
    } catch (error) {
      const why = `failed: ${reasonOf(error)}`;
      measured.gaps.push({ system: system.name, server: stage.way, work: extra, delayMs: 0, why });
      plan.say(`${system.name}, ${extra}: ${why}`);
    }
  }
}

const bytesPerMb = 1_048_576;

/** On a worker that has done nothing before, for what one has done leaves memory behind. */
async function liveOf(bench: Bench, { system, running, stage }: On): Promise<string | undefined> {
  const { model, measured } = bench;
  const { name } = system;
  await running.stop();
  const bytes = await measureLive(await startedAnew(bench, system, stage), model, `${name}-${stage.way}-live`);
  if (bytes === undefined) return undefined;
  measured.lives.push({ system: name, bytes });
  return `${Math.round(bytes / bytesPerMb)} MB with 100 live runs`;
}

async function reworkOf({ model, measured, prepared }: Bench, { system, stage }: On): Promise<string | undefined> {
  const around = stage.aroundOf(system);
  const rework = await prepared.get(system)?.measureRework?.(around, model, `${system.name}-${stage.way}-rework`);
  if (rework === undefined) return undefined;
  measured.reworks.push({ system: system.name, ...rework });
  const { reworked, startedAgain } = rework;
  return `${reworked.modelCalls} calls of the model instead of ${startedAgain.modelCalls}`;
}

async function startedAnew({ prepared }: Bench, system: System, stage: Stage): Promise<RunningSystem> {
  const next = await prepared.get(system)?.start(stage.aroundOf(system));
  if (next === undefined) throw new Error(`Expected ${system.name} to be prepared.`);
  stage.running.set(system, next);
  return next;
}

async function recoveryOf(bench: Bench, { system, running, stage }: On): Promise<string> {
  const { model, measured } = bench;
  const again = () => startedAnew(bench, system, stage);
  const recovery = await measureRecovery(running, again, { model, id: `${system.name}-${stage.way}-recovery` });
  measured.recoveries.push({ system: system.name, ...recovery });
  return `went on after ${Math.round(recovery.resumedMs)} ms`;
}

/** So many that loading the bundle weighs little beside the events. */
const replayedSteps = 200;
const replayedBytes = 1_024;

async function replay(bench: Bench, stage: Stage): Promise<void> {
  const { plan, prepared, measured } = bench;
  const recorded = new Map<System, Recorded>();
  const record: Measuring['measure'] = async ({ model }, { system, running }) => {
    if (running.record === undefined) return undefined;
    await model.behave({ delayMs: 0, textBytes: replayedBytes, toolCalls: 1, toolArguments: {} });
    const id = `${system.name}-${stage.way}-replay`;
    const shape = { kind: 'chain', steps: replayedSteps, textBytes: replayedBytes } as const;
    const input: WorkInput = { shape, text: randomText('replay', replayedBytes) };
    await running.run(id, input);
    recorded.set(system, await running.record(id, `${system.name}.history`));
    return `recorded ${recorded.get(system)?.events ?? 0} events`;
  };
  await forEach(bench, stage, { extra: 'replay', measure: record });
  const again: Measuring['measure'] = async (_bench, { system }) => {
    const history = recorded.get(system);
    const replayed = history === undefined ? undefined : await prepared.get(system)?.replay?.(history);
    if (replayed === undefined) return undefined;
    measured.replays.push({ system: system.name, ...replayed });
    return `${Math.round(replayed.eventsPerSecond)} events a second`;
  };
  for (let round = 0; round < plan.rounds; round += 1) {
    await forEach(bench, stage, { extra: 'replay', measure: again });
  }
}
