/**
 * Records the golden histories of agents that talk with models, by hand:
 *
 *     npx tsx test/replay/record-models.ts
 *
 * As with the engine's, a history that is there already is never overwritten.
 */
import { join } from 'node:path';
import { rejectStepUpdate } from '../../src/workflows/messages';
import { decideNext, waiting } from '../support/deciding';
import { untilIdle, type Engine, type RunHandle } from '../support/engine-world';
import { draft, repliesOf, startModelWorld, toolCalls, type ModelWorld } from '../support/model-world';
import { recordHistories } from './record-histories';
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

void recordHistories(folder, scenes, async (engine, { script, stepsPerExecutionMax, play }) => {
  const world: ModelWorld = await startModelWorld(repliesOf(script));
  if (stepsPerExecutionMax !== undefined) world.policies = { stepsPerExecutionMax };
  try {
    return await engine.withWorker(world, (taskQueue) => play(engine, taskQueue));
  } finally {
    await world.close();
  }
});
