import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { measureRun, runIdsOf, type Measuring } from './measure/measure-run';
import { memoryOf } from './measure/process-usage';
import type { Gap, Measurements, ReplaySample, Sample, StartSample } from './measure/sample';
import { startModelServer, type ModelServer } from './model/model-server';
import type { Plan } from './plan';
import { startTemporalServer, type ServerWay } from './servers/temporal-server';
import type { Prepared, Recorded, RunningSystem, Surroundings, System } from './systems/system';
import type { Work } from './work/work';

/** What is being measured by now. */
interface Bench {
  readonly plan: Plan;
  readonly prepared: ReadonlyMap<System, Prepared>;
  readonly model: ModelServer;
  readonly samples: Sample[];
  readonly gaps: Gap[];
  readonly starts: StartSample[];
  readonly recorded: Map<System, Recorded>;
}

/** Measures everything that was planned, the systems in turn within each round. */
export async function conduct(plan: Plan): Promise<Measurements> {
  const prepared = new Map<System, Prepared>();
  for (const system of plan.systems) {
    plan.say(`${system.name}: preparing`);
    prepared.set(system, await system.prepare(plan.folder));
  }
  const model = await startModelServer();
  const bench: Bench = { plan, prepared, model, samples: [], gaps: [], starts: [], recorded: new Map() };
  try {
    for (const way of plan.ways) await onServer(bench, way);
    const replays = plan.measuresReplay ? await replay(bench) : [];
    const bundles = [...prepared].flatMap(([{ name }, { bundleBytes }]) =>
      bundleBytes === undefined ? [] : [{ system: name, bytes: bundleBytes }],
    );
    const { samples, gaps, starts } = bench;
    return { samples, gaps, starts, replays, bundles };
  } finally {
    await model.stop();
  }
}

async function onServer(bench: Bench, way: ServerWay): Promise<void> {
  const { plan, model } = bench;
  const folder = join(plan.folder, way);
  await mkdir(folder, { recursive: true });
  plan.say(`Temporal server, ${way}: starting`);
  const server = await startTemporalServer(plan.temporalBinary, way, folder);
  const around = { temporalAddress: server.address, temporalPid: server.pid, modelUrl: model.url, folder };
  const running = new Map<System, RunningSystem>();
  try {
    for (let start = 1; start < plan.startsCount; start += 1) await startAll(bench, { way, around }, stopAtOnce);
    await startAll(bench, { way, around }, (system, one) => {
      running.set(system, one);
      return Promise.resolve();
    });
    for (const work of plan.works) await measureWork(bench, { way, running }, work);
  } finally {
    for (const one of running.values()) await one.stop();
    await server.stop();
  }
}

function stopAtOnce(_system: System, running: RunningSystem): Promise<void> {
  return running.stop();
}

interface Starting {
  readonly way: ServerWay;
  readonly around: Surroundings;
}

async function startAll(
  { plan, prepared, starts }: Bench,
  { way, around }: Starting,
  then: (system: System, running: RunningSystem) => Promise<void>,
): Promise<void> {
  for (const [system, one] of prepared) {
    const folder = join(around.folder, system.name);
    await mkdir(folder, { recursive: true });
    const running = await one.start({ ...around, folder });
    const memory = memoryOf(running.workerPid);
    starts.push({
      ...{ system: system.name, server: way, readyMs: running.readyMs },
      ...(memory === undefined ? {} : { restBytes: memory.nowBytes }),
    });
    plan.say(`${system.name}: worker ready after ${Math.round(running.readyMs)} ms`);
    await then(system, running);
  }
}

interface Servers {
  readonly way: ServerWay;
  readonly running: ReadonlyMap<System, RunningSystem>;
}

async function measureWork(bench: Bench, servers: Servers, work: Work): Promise<void> {
  const { plan } = bench;
  for (const delayMs of work.delaysMs) {
    const failed = new Set<System>();
    // The first round warms up caches and connections, and is not counted.
    for (let round = 0; round <= plan.rounds; round += 1) {
      for (const system of inTurn(plan.systems, round)) {
        if (failed.has(system)) continue;
        const id = `${system.name}-${servers.way}-${work.name}-${delayMs}-${round}`;
        const measuring = { system: system.name, server: servers.way, work, delayMs, id };
        const isDone = await measureOne(bench, { system, servers, measuring, isCounted: round > 0 });
        if (!isDone) failed.add(system);
      }
    }
  }
}

/** Another one begins in each round, so that none always comes after the same. */
function inTurn(systems: readonly System[], round: number): readonly System[] {
  const first = round % systems.length;
  return [...systems.slice(first), ...systems.slice(0, first)];
}

interface One {
  readonly system: System;
  readonly servers: Servers;
  readonly measuring: Measuring;
  readonly isCounted: boolean;
}

/** @returns whether the system did the work */
async function measureOne(bench: Bench, { system, servers, measuring, isCounted }: One): Promise<boolean> {
  const { plan, model, samples, gaps, recorded } = bench;
  const { work, delayMs, server } = measuring;
  const running = servers.running.get(system);
  const gap = (why: string) => {
    gaps.push({ system: system.name, server, work: work.name, delayMs, why });
    plan.say(`${measuring.id}: ${why}`);
    return false;
  };
  const leftOut = system.leavesOut?.(work.shape);
  if (leftOut !== undefined) return gap(leftOut);
  if (running === undefined) return gap('its worker was not started');
  try {
    const sample = await measureRun(running, model, measuring);
    if (isCounted) samples.push(sample);
    plan.say(`${measuring.id}: ${Math.round(sample.wallMs)} ms${isCounted ? '' : ' (to warm up)'}`);
    if (work.shape.kind === 'chain' && running.record !== undefined && !recorded.has(system)) {
      recorded.set(system, await running.record(runIdsOf(measuring)[0] ?? '', `${system.name}.json`));
    }
    return true;
  } catch (error) {
    return gap(`failed: ${error instanceof Error ? describe(error) : String(error)}`);
  }
}

/** An error with what caused it: a failed workflow says why in its cause. */
function describe(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${describe(error.cause)}` : error.message;
}

async function replay({ plan, prepared, recorded }: Bench): Promise<readonly ReplaySample[]> {
  const replays: ReplaySample[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const system of inTurn(plan.systems, round)) {
      const history = recorded.get(system);
      const replayed = history === undefined ? undefined : await prepared.get(system)?.replay?.(history);
      if (replayed === undefined) continue;
      replays.push({ system: system.name, ...replayed });
      plan.say(`${system.name}: replays ${Math.round(replayed.eventsPerSecond)} events a second`);
    }
  }
  return replays;
}
