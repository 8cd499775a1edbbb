/**
 * Records the golden histories of agents that talk with models, by hand:
 *
 *     npx tsx test/replay/record-models.ts
 *
 * As with the engine's, a history that is there already is never overwritten.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { rejectStepUpdate } from '../../src/workflows/messages';
import { decideNext, waiting } from '../support/deciding';
import { executionsOf, startEngine, untilIdle, type Engine, type RunHandle } from '../support/engine-world';
import globalSetup from '../support/global-setup';
import { withoutTraces } from '../support/golden-history';
import { draft, repliesOf, startModelWorld, toolCalls, type ModelWorld } from '../support/model-world';
import { callDesks, desk, office } from '../support/processes';

const folder = join(__dirname, 'histories', 'models');
const input = { topic: 'tides' };
const quota = { error: { status: 429, code: 'insufficient_quota' } } as const;
const cut = { content: '{"text": "On ti', finishReason: 'length' } as const;
const book = (id: string, item: string) => toolCalls([id, 'book', { item }]);
const enough = { costMicroUsdMax: 1_000_000, tokensMax: 1_000_000, callsMax: 100, durationMsMax: 2_592_000_000 };

interface Scene {
  readonly script: Parameters<typeof repliesOf>[0];
  readonly stepsPerExecutionMax?: number;
  /** Starts a run, and works on it until it has ended. */
  readonly play: (engine: Engine, taskQueue: string) => Promise<RunHandle>;
}

const toolLoop = [
  toolCalls(['c1', 'lookUp', { key: 'a' }], ['c2', 'book', { item: 'a' }], ['c3', 'publish', {}]),
  toolCalls(['c4', 'lookUp', { key: 'bad' }]),
  { content: { text: 7 } },
  cut,
  draft('On tides.'),
];

const scenes: Record<string, Scene> = {
  'tool-loop-and-repair': {
    script: { small: toolLoop },
    play: async (engine, taskQueue) => ended(await engine.start(desk, taskQueue, input)),
  },
  'tool-loop-handed-over': {
    script: { small: toolLoop },
    stepsPerExecutionMax: 1,
    play: async (engine, taskQueue) => ended(await engine.start(desk, taskQueue, input)),
  },
  'fallback-after-quota': {
    script: { small: [book('c1', 'a'), quota], large: [book('c1', 'a'), draft('On tides.')] },
    play: async (engine, taskQueue) => ended(await engine.start(desk, taskQueue, input)),
  },
  'loop-and-a-person': {
    script: {
      small: ['c1', 'c2', 'c3', 'c4'].map((id) => toolCalls([id, 'lookUp', { key: 'k' }])),
      large: [draft('The sea.'), draft('The ocean.')],
    },
    play: async (engine, taskQueue) => {
      const handle = await engine.start(desk, taskQueue, input);
      await decideNext(handle, 'edit', { value: { text: 'On tides, by hand.' } });
      return ended(handle);
    },
  },
  'approved-tool': {
    script: { small: [toolCalls(['c1', 'announce', { item: 'x' }]), draft('On tides.')] },
    play: async (engine, taskQueue) => {
      const handle = await engine.start(desk, taskQueue, input);
      await decideNext(handle, 'approve');
      return ended(handle);
    },
  },
  'rejected-and-asked-anew': {
    script: { small: [book('c1', 'a'), draft('On tides.'), draft('On tides, again.')] },
    play: async (engine, taskQueue) => {
      const handle = await engine.start(office, taskQueue, input);
      await waiting(handle);
      await untilIdle(handle);
      await handle.executeUpdate(rejectStepUpdate, { args: [{ step: 'clerk-1', feedback: 'Dull.', actor: 'ada' }] });
      await waiting(handle, ({ step }) => step === 'editorSignOff-2');
      await decideNext(handle, 'approve');
      return ended(handle);
    },
  },
  'budget-raised': {
    script: { small: Array.from({ length: 25 }, () => draft('Written.')) },
    play: async (engine, taskQueue) => {
      const topics = Array.from({ length: 25 }, (_none, at) => `t${at}`);
      const handle = await engine.start(callDesks, taskQueue, { topics });
      await decideNext(handle, 'edit', { value: enough });
      return ended(handle);
    },
  },
  'budget-not-raised': {
    script: { small: Array.from({ length: 25 }, () => draft('Written.')) },
    play: async (engine, taskQueue) => {
      const topics = Array.from({ length: 25 }, (_none, at) => `t${at}`);
      const handle = await engine.start(callDesks, taskQueue, { topics });
      await decideNext(handle, 'reject');
      return ended(handle);
    },
  },
};

async function ended(handle: RunHandle): Promise<RunHandle> {
  await handle.result();
  return handle;
}

async function record(engine: Engine, name: string, { script, stepsPerExecutionMax, play }: Scene): Promise<void> {
  const path = (part: number) => join(folder, `${name}-${part}.json`);
  if (existsSync(path(1))) return;
  const world: ModelWorld = await startModelWorld(repliesOf(script));
  if (stepsPerExecutionMax !== undefined) world.policies = { stepsPerExecutionMax };
  try {
    const handle = await engine.withWorker(world, (taskQueue) => play(engine, taskQueue));
    for (const [index, history] of (await executionsOf(handle)).entries()) {
      await writeFile(path(index + 1), `${withoutTraces(historyToJSON(history))}\n`);
    }
  } finally {
    await world.close();
  }
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
