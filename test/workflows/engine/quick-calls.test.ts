import { temporal } from '@temporalio/proto';
import { failure } from '../../../src/contracts/failures';
import { quickCallsMax } from '../../../src/workflows/engine/quick-calls';
import type { Process } from '../../../src/workflows/engine/run';
import { decideNext } from '../../support/deciding';
import {
  executionsOf,
  newWorld,
  startEngine,
  type Engine,
  type RunHandle,
  type World,
} from '../../support/engine-world';
import { chain, crowd, fanOut, gated } from '../../support/processes';
import { withQuickOnes } from '../../support/quick';
import { sagaWorld } from '../../support/saga-world';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

/** Runs a process on a worker of its own. */
function run<Input, Output>(world: World, process: Process<Input, Output>, input: Input) {
  return engine.withWorker(world, async (taskQueue) => {
    const handle = await engine.start(process, taskQueue, input);
    return { result: await handle.result(), calls: await callsOf(handle) };
  });
}

/** What a run's histories record of its calls, and how many local ones each workflow task brought at the most. */
async function callsOf(handle: RunHandle) {
  const ordinary: string[] = [];
  const perTask = [0];
  for (const { events } of await executionsOf(handle)) {
    for (const event of events ?? []) {
      const type = event.activityTaskScheduledEventAttributes?.activityType?.name;
      if (typeof type === 'string') ordinary.push(type);
      if (event.markerRecordedEventAttributes?.markerName === 'core_local_activity') perTask[perTask.length - 1]! += 1;
      if (event.eventType === temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) perTask.push(0);
    }
  }
  return { ordinary, local: perTask.reduce((sum, count) => sum + count, 0), perTaskMax: Math.max(...perTask) };
}

const topics = ['a', 'b', 'c', 'd', 'e'];

describe('a quick tool', () => {
  it('that keeps failing is tried four times, and then its step fails as any other', async () => {
    const world = withQuickOnes(newWorld());
    let attempts = 0;
    Object.assign(world.tools['lookUp']!, {
      execute: () => {
        attempts += 1;
        return Promise.reject(new Error('The line was cut.'));
      },
    });
    const { result } = await run(world, fanOut, { topics: ['a'], concurrencyMax: 1 });
    expect(result).toMatchObject({
      outcome: 'rolledBack',
      failure: { type: 'StepFailed', message: expect.stringContaining('The line was cut.') as string },
      usage: { calls: 1 },
    });
    expect(attempts).toBe(4);
  });

  it('that fails for good is not tried again, and its failure crosses with its type and details', async () => {
    const world = withQuickOnes(newWorld());
    let attempts = 0;
    Object.assign(world.tools['lookUp']!, {
      execute: () => {
        attempts += 1;
        return Promise.reject(failure('DocumentUnreadable', 'It is torn.', { page: 7 }));
      },
    });
    const { result } = await run(world, fanOut, { topics: ['a'], concurrencyMax: 1 });
    expect(result).toMatchObject({
      outcome: 'rolledBack',
      failure: { type: 'DocumentUnreadable', message: 'It is torn.', details: { page: 7 } },
    });
    expect(attempts).toBe(1);
  });

  it('whose answer is too large fails as any other, and is named', async () => {
    const world = withQuickOnes(newWorld());
    Object.assign(world.tools['lookUp']!, { execute: () => Promise.resolve({ value: 'x'.repeat(2_000_000) }) });
    const { result } = await run(world, fanOut, { topics: ['a'], concurrencyMax: 1 });
    expect(result).toMatchObject({ failure: { type: 'AnswerTooLarge', details: { activityId: 'callTool' } } });
  });
});

describe('a run of quick agents and tools', () => {
  it('comes to the same as one of ordinary ones, with markers instead of activity tasks', async () => {
    const input = { topics, concurrencyMax: 2 };
    const ordinary = await run(newWorld(), fanOut, input);
    const quick = await run(withQuickOnes(newWorld()), fanOut, input);
    const texts = topics.map((topic) => `<value of ${topic}>`);
    expect(quick.result).toMatchObject({ outcome: 'completed', value: { texts } });
    expect(quick.result.usage).toEqual(ordinary.result.usage);
    expect(quick.calls).toMatchObject({ ordinary: [], local: 11 });
    expect(ordinary.calls).toMatchObject({ local: 1 });
  });

  it('leaves an agent that is not quick to ordinary activities', async () => {
    const world = withQuickOnes(newWorld());
    world.agents['writer'] = () => Promise.resolve({ text: 7 });
    const { calls } = await run(world, chain, { topics: ['a'] });
    // Two attempts by the writer; the understudy's is not quick.
    expect(calls).toMatchObject({ local: 3, ordinary: ['callAgent'] });
  });

  it('is committed before there are many, however many are asked for at once', async () => {
    const many = Array.from({ length: quickCallsMax }, (_, index) => `t${index}`);
    const input = { topics: many, concurrencyMax: many.length };
    const { result, calls } = await run(withQuickOnes(newWorld()), fanOut, input);
    expect(result).toMatchObject({ outcome: 'completed', usage: { calls: 2 * many.length } });
    expect(calls.perTaskMax).toBeLessThanOrEqual(quickCallsMax);
    expect(calls.ordinary.length).toBeGreaterThan(1);
    expect(calls.local + calls.ordinary.length).toBe(2 * many.length + 1);
  });

  it('passes gates and repairs by feedback as any other', async () => {
    const world = withQuickOnes(newWorld());
    world.agents['writer'] = ({ topic }: { topic: string }, { feedback }) =>
      Promise.resolve({ text: feedback.length === 0 ? 'the sea' : `${topic}, ${feedback.join()}` });
    const { result, calls } = await run(world, gated, { topic: 'tides', agent: 'writer' });
    expect(result).toMatchObject({ outcome: 'completed', value: 'tides, Mention tides.', usage: { calls: 3 } });
    expect(calls).toMatchObject({ ordinary: [], local: 4 });
  });

  it('waits at the end of its budget for its owner, and makes no call too many', async () => {
    const world = withQuickOnes(sagaWorld());
    const many = Array.from({ length: 50 }, (_, index) => `t${index}`);
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(crowd, taskQueue, { topics: many });
      await decideNext(handle, 'reject');
      expect(await handle.result()).toMatchObject({ outcome: 'outOfBudget', usage: { calls: 20 }, effects: [] });
    });
    expect(world.log.filter((line) => line.startsWith('write'))).toHaveLength(19);
  });

  it('goes on where it was when it is handed over after any number of steps', async () => {
    const whole = await run(withQuickOnes(newWorld()), chain, { topics });
    for (const stepsPerExecutionMax of [1, 2, 3]) {
      const world = withQuickOnes(newWorld());
      world.policies = { stepsPerExecutionMax };
      const { result, calls } = await run(world, chain, { topics });
      expect(result).toEqual(whole.result);
      expect(calls).toEqual({ ...calls, ordinary: [], local: topics.length + 1 });
      expect(world.asked).toHaveLength(topics.length);
    }
  });
});
