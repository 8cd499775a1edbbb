/**
 * Records the golden histories of the engine's test processes, by hand, once for a new process:
 *
 *     npx tsx test/replay/record.ts
 *
 * A history that is there already is never overwritten: it is what a run under way looks like to newer code. When
 * replay fails, the code changes (a patch, or a new version), not the history.
 */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { DecisionKind } from '../../src/contracts/decision';
import globalSetup from '../support/global-setup';
import { decideNext, waiting } from '../support/deciding';
import { withoutTraces } from '../support/golden-history';
import {
  executionsOf,
  newWorld,
  startEngine,
  untilIdle,
  type Engine,
  type RunHandle,
  type World,
} from '../support/engine-world';
import { chain, family, fanOut, gated, signOff, vigil } from '../support/processes';

const folder = join(__dirname, 'histories', 'engine');
const topics = ['a', 'b', 'c'];

/** Starts a run in a world of its own, and works on it until it has ended. */
type Scene = (engine: Engine, world: World) => (taskQueue: string) => Promise<RunHandle>;

const scenes: Record<string, Scene> = {
  'chain-handed-over': (engine, world) => async (taskQueue) => {
    world.policies = { stepsPerExecutionMax: 2 };
    return ended(await engine.start(chain, taskQueue, { topics: [...topics, 'd', 'e'] }));
  },
  'fan-out': (engine) => async (taskQueue) =>
    ended(await engine.start(fanOut, taskQueue, { topics, concurrencyMax: 2 })),
  family: (engine) => async (taskQueue) => ended(await engine.start(family, taskQueue, { lists: [['a'], ['b', 'c']] })),
  'gated-feedback-and-escalation': (engine, world) => async (taskQueue) => {
    world.agents['writer'] = () => Promise.resolve({ text: 'the sea' });
    world.agents['understudy'] = () => Promise.resolve({ text: 'tides!' });
    const handle = await engine.start(gated, taskQueue, { topic: 'tides', agent: 'writer' });
    await decideNext(handle, 'edit', { value: { text: 'the ocean' } });
    await waiting(handle, ({ step }) => step === 'writerEscalation-2');
    await decideNext(handle, 'edit', { value: { text: 'tides' } });
    return ended(handle);
  },
  'sign-off-escalated-and-edited': (engine) => async (taskQueue) => {
    const handle = await engine.start(signOff, taskQueue, { topic: 't', canEdit: true });
    await waiting(handle);
    await engine.environment.sleep('50 hours');
    await waiting(handle, ({ escalated }) => escalated);
    return decided(handle, 'edit', { value: { text: 'edited' } });
  },
  'sign-off-rejected': (engine) => async (taskQueue) =>
    decided(await engine.start(signOff, taskQueue, { topic: 't', canEdit: true }), 'reject', { comment: 'No.' }),
  'sign-off-expired': (engine) => async (taskQueue) =>
    ended(await engine.start(signOff, taskQueue, { topic: 't', canEdit: false })),
  'sign-off-cancelled': (engine) => async (taskQueue) => {
    const handle = await engine.start(signOff, taskQueue, { topic: 't', canEdit: true });
    await waiting(handle);
    await handle.cancel();
    return ended(handle);
  },
  'vigil-handed-over-while-waiting': (engine, world) => async (taskQueue) => {
    world.policies = { stepsPerExecutionMax: 1 };
    const handle = await engine.start(vigil, taskQueue, { topics });
    await untilIdle(handle, 1 + topics.length);
    return decided(handle, 'approve');
  },
};

async function ended(handle: RunHandle): Promise<RunHandle> {
  await handle.result();
  return handle;
}

async function decided(handle: RunHandle, decision: DecisionKind, rest = {}): Promise<RunHandle> {
  await decideNext(handle, decision, rest);
  return ended(handle);
}

async function record(engine: Engine, name: string, scene: Scene): Promise<void> {
  const path = (part: number) => join(folder, `${name}-${part}.json`);
  if (await exists(path(1))) return;
  const world = newWorld();
  const handle = await engine.withWorker(world, scene(engine, world));
  const histories = await executionsOf(handle);
  for (const [index, history] of histories.entries()) {
    await writeFile(path(index + 1), `${withoutTraces(historyToJSON(history))}\n`);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function main(): Promise<void> {
  await globalSetup();
  await mkdir(folder, { recursive: true });
  const engine = await startEngine();
  try {
    for (const [name, scene] of Object.entries(scenes)) await record(engine, name, scene);
  } finally {
    await engine.stop();
  }
}

void main();
