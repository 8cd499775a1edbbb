import { reasonOf, inTurn, type Bench, type Stage } from './bench';
import { measureRun, type Measuring } from './measure/measure-run';
import type { Plan } from './plan';
import type { ServerWay } from './servers/temporal-server';
import type { System } from './systems/system';
import { modelCallsOf, type Work } from './work/work';

/** On a server as it comes, a measurement says how much its limit costs; it is not compared by hundredths. */
const roundsAsItComes = 1;

/** Measures every planned work with every system, in rounds. */
export async function measureWorks(bench: Bench, stage: Stage): Promise<void> {
  const { works, ways } = bench.plan;
  for (const work of works) {
    if (!work.isOnEveryServer && stage.way === 'asItComes' && ways.includes('lifted')) continue;
    for (const delayMs of work.delaysMs) await measureWork(bench, stage, { work, delayMs });
  }
}

interface Delayed {
  readonly work: Work;
  readonly delayMs: number;
}

async function measureWork(bench: Bench, stage: Stage, { work, delayMs }: Delayed): Promise<void> {
  const { plan } = bench;
  const failed = new Set<System>();
  const rounds = roundsOf(plan, stage.way, work);
  // Round 0 warms up caches and connections, and is not counted; what takes long warms up by itself.
  for (let round = work.isHeavy ? 1 : 0; round <= rounds; round += 1) {
    for (const system of inTurn(plan.systems, round)) {
      if (failed.has(system)) continue;
      const id = `${system.name}-${stage.way}-${work.name}-${delayMs}-${round}`;
      const modelCalls = system.asksNoModel === true ? 0 : work.runs * modelCallsOf(work.shape);
      const measuring = { system: system.name, server: stage.way, work, delayMs, id, modelCalls };
      const isDone = await measureOne(bench, stage, { system, measuring, isCounted: round > 0 });
      if (!isDone) failed.add(system);
    }
  }
}

function roundsOf({ rounds }: Plan, way: ServerWay, { isHeavy }: Work): number {
  if (way === 'asItComes') return roundsAsItComes;
  return isHeavy ? Math.ceil(rounds / 2) : rounds;
}

interface One {
  readonly system: System;
  readonly measuring: Measuring;
  readonly isCounted: boolean;
}

/** @returns whether the system did the work */
async function measureOne(
  { plan, model, measured }: Bench,
  { running }: Stage,
  { system, measuring, isCounted }: One,
): Promise<boolean> {
  const { work, delayMs, server } = measuring;
  const gap = (why: string) => {
    measured.gaps.push({ system: system.name, server, work: work.name, delayMs, why });
    plan.say(`${measuring.id}: ${why}`);
    return false;
  };
  const leftOut = system.leavesOut?.(work.shape, delayMs);
  if (leftOut !== undefined) return gap(leftOut);
  const one = running.get(system);
  if (one === undefined) return gap('its worker was not started');
  try {
    const sample = await measureRun(one, model, measuring);
    if (isCounted) measured.samples.push(sample);
    plan.say(`${measuring.id}: ${Math.round(sample.wallMs)} ms${isCounted ? '' : ' (to warm up)'}`);
    return true;
  } catch (error) {
    return gap(`failed: ${reasonOf(error)}`);
  }
}
