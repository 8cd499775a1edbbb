import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf, type Bench, type Stage } from './bench';
import { measureExtras } from './conduct-extras';
import { measureWorks } from './conduct-works';
import { memoryOf } from './measure/process-usage';
import type { Measurements } from './measure/sample';
import { startModelServer } from './model/model-server';
import type { Plan } from './plan';
import { startTemporalServer, type ServerWay } from './servers/temporal-server';
import type { Prepared, RunningSystem, System } from './systems/system';

/** Measures everything that was planned, the systems in turn within each round. */
export async function conduct(plan: Plan): Promise<Measurements> {
  const prepared = new Map<System, Prepared>();
  const model = await startModelServer();
  try {
    for (const system of plan.systems) {
      plan.say(`${system.name}: preparing`);
      prepared.set(system, await system.prepare(plan.folder));
    }
    const measured: Bench['measured'] = {
      ...{ samples: [], gaps: [], starts: [], replays: [], lives: [], recoveries: [], reworks: [] },
      bundles: [...prepared].flatMap(([{ name }, { bundleBytes }]) =>
        bundleBytes === undefined ? [] : [{ system: name, bytes: bundleBytes }],
      ),
    };
    const bench: Bench = { plan, prepared, model, measured };
    for (const way of plan.ways) await onServer(bench, way);
    return measured;
  } finally {
    for (const one of prepared.values()) await one.end?.();
    await model.stop();
  }
}

async function onServer(bench: Bench, way: ServerWay): Promise<void> {
  const { plan, model } = bench;
  const folder = join(plan.folder, way);
  await mkdir(folder, { recursive: true });
  plan.say(`Temporal server, ${way}: starting`);
  const server = await startTemporalServer(plan.temporalBinary, way, folder);
  const around = { temporalAddress: server.address, temporalPid: server.pid, modelUrl: model.url };
  const aroundOf = ({ name }: System) => ({ ...around, folder: join(folder, name) });
  const stage: Stage = { way, running: new Map(), aroundOf };
  try {
    for (let start = 1; start <= plan.startsCount; start += 1) {
      for (const system of plan.systems) {
        const running = await startOne(bench, stage, system);
        if (start === plan.startsCount) stage.running.set(system, running);
        else await running.stop();
      }
    }
    await measureWorks(bench, stage);
    if (way === plan.ways[0]) await measureExtras(bench, stage);
  } finally {
    for (const [{ name }, one] of stage.running) {
      await one.stop().catch((error: unknown) => {
        plan.say(`${name}: its worker did not stop in order: ${reasonOf(error)}`);
      });
    }
    await server.stop();
  }
}

async function startOne(
  { plan, prepared, measured }: Bench,
  { way, aroundOf }: Stage,
  system: System,
): Promise<RunningSystem> {
  const around = aroundOf(system);
  await mkdir(around.folder, { recursive: true });
  const one = prepared.get(system);
  if (one === undefined) throw new Error(`Expected ${system.name} to be prepared.`);
  const running = await one.start(around);
  const memory = memoryOf(running.workerPid);
  measured.starts.push({
    ...{ system: system.name, server: way, readyMs: running.readyMs },
    ...(memory === undefined ? {} : { restBytes: memory.nowBytes }),
  });
  plan.say(`${system.name}: worker ready after ${Math.round(running.readyMs)} ms`);
  return running;
}
