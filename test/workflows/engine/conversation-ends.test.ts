import { rejectStepUpdate } from '../../../src/workflows/messages';
import { decideNext, viewOf, waiting } from '../../support/deciding';
import { executionsOf, startEngine, until, untilIdle, type Engine, type RunHandle } from '../../support/engine-world';
import { askedOf, draft, modelWorlds, toolCalls, type ModelWorld } from '../../support/model-world';
import { desk, emptyDesk, office } from '../../support/processes';
import { broken } from '../../support/saga-world';

let engine: Engine;
const worldOf = modelWorlds();

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

const book = (id: string, item: string) => toolCalls([id, 'book', { item }]);
const quota = { error: { status: 429, code: 'insufficient_quota' } } as const;
const finished = { outcome: 'completed', value: 'On tides.' };
const modelsOf = (world: ModelWorld) => askedOf(world).map(({ model }) => model);

async function started(process: typeof desk, taskQueue: string) {
  return (await engine.start(process, taskQueue, { topic: 'tides' })) as RunHandle<never, string>;
}

describe('what tools did for a conversation that comes to nothing', () => {
  it('is undone, newest first, before the next model begins', async () => {
    const world = await worldOf({
      small: [book('c1', 'a'), book('c2', 'b'), quota],
      large: [book('c1', 'a'), draft('On tides.')],
    });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await started(desk, taskQueue);
      expect(await handle.result()).toMatchObject(finished);
    });
    expect(world.log).toEqual(['book a', 'book b', 'undo b', 'undo a', 'book a']);
    expect([...world.standing.values()]).toEqual(['a']);
    expect(askedOf(world).at(-2)!.messages).toHaveLength(2);
  });

  it('stays when the same model goes on with it', async () => {
    const world = await worldOf({ small: [book('c1', 'a'), draft('The sea.'), book('c2', 'b'), draft('On tides.')] });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await started(desk, taskQueue);
      expect(await handle.result()).toMatchObject(finished);
    });
    expect(world.log).toEqual(['book a', 'book b']);
  });

  it('is undone before a person’s output counts in its place', async () => {
    const world = await worldOf({ small: [book('c1', 'a'), quota], large: [quota] });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await started(desk, taskQueue);
      await decideNext(handle, 'edit', { value: { text: 'On tides, by hand.' } });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'On tides, by hand.' });
    });
    expect(world.log).toEqual(['book a', 'undo a']);
  });

  it('is undone before an agent’s own code answers in its place', async () => {
    const world = await worldOf({ small: [book('c1', 'a'), quota] });
    world.definitions['clerk'] = { ...world.definitions['clerk']!, models: ['small'], fallback: 'understudy' };
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await started(desk, taskQueue);
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: '<tides>', effects: [] });
    });
    expect(world.log).toEqual(['book a', 'undo a']);
  });

  it('is undone when the agent fails, and what cannot be is told of', async () => {
    const announce = toolCalls(['c2', 'announce', { item: 'x' }]);
    const world = await worldOf({ small: [book('c1', 'a'), announce, quota], large: [quota] });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await started(emptyDesk, taskQueue);
      await decideNext(handle, 'approve');
      await waiting(handle, ({ step }) => step === 'clerkEscalation-1');
      await decideNext(handle, 'reject', { comment: 'Leave it.' });
      expect(await handle.result()).toMatchObject({
        ...{ outcome: 'completedPartially', value: 'nothing', effects: ['announce-1'] },
        leftOut: [
          { what: 'the undoing of announce-1', why: 'It was done by a step that failed, and cannot be undone.' },
        ],
      });
    });
    expect(world.log).toEqual(['book a', 'announce x', 'undo a']);
  });

  it('keeps the next model from beginning until a person says that they undid it', async () => {
    const world = await worldOf({ small: [book('c1', 'a'), quota], large: [draft('On tides.')] });
    const fault = { when: 'before', error: broken() } as const;
    world.faults.set('undo a', Array<typeof fault>(20).fill(fault));
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await started(desk, taskQueue);
      await engine.environment.sleep('5 minutes');
      expect(await waiting(handle)).toMatchObject({ step: 'bookRepair-1', role: 'tests' });
      expect((await viewOf(handle)).state).toBe('needsRepair');
      expect(modelsOf(world)).toEqual(['small-1', 'small-1']);
      await decideNext(handle, 'undoneByHand');
      expect(await handle.result()).toMatchObject(finished);
    });
    expect(modelsOf(world)).toEqual(['small-1', 'small-1', 'large-1']);
  });
});

describe('a rejection of what an agent wrote with its tools', () => {
  it('undoes what they did, and has another conversation begin with the feedback', async () => {
    const world = await worldOf({
      small: [book('c1', 'a'), draft('On tides.'), book('c1', 'a'), draft('On tides, again.')],
    });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await started(office, taskQueue);
      await waiting(handle);
      await untilIdle(handle);
      await handle.executeUpdate(rejectStepUpdate, { args: [{ step: 'clerk-1', feedback: 'Dull.', actor: 'ada' }] });
      await waiting(handle, ({ step }) => step === 'editorSignOff-2');
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'On tides, again.' });
      const { steps } = await viewOf(handle);
      expect(steps.map(({ step, struck }) => `${step} ${struck?.why ?? 'stands'}`)).toEqual([
        ...['clerk-1 blamed', 'book-1 stale', 'editorSignOff-1 stale'],
        ...['clerk-2 stands', 'book-2 stands', 'editorSignOff-2 stands'],
      ]);
    });
    expect([...world.standing.values()]).toEqual(['a']);
    expect(world.log.filter((line) => line === 'undo a')).toHaveLength(1);
    expect(askedOf(world)[2]!.messages.at(-1)!.content).toContain('ada rejected clerk-1: Dull.');
  });

  it('by the end of the run leaves nothing that they did', async () => {
    const world = await worldOf({ small: [book('c1', 'a'), draft('On tides.')] });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await started(office, taskQueue);
      await decideNext(handle, 'reject', { comment: 'No.' });
      expect(await handle.result()).toMatchObject({ outcome: 'rejected', effects: [] });
    });
    expect(world.log).toEqual(['book a', 'undo a']);
  });
});

describe('a cancellation in the middle of a model’s answer', () => {
  it('cuts it, undoes what tools did, and asks nothing more', async () => {
    const world = await worldOf({ small: [book('c1', 'a'), { ...draft('On tides.'), delayMs: 60_000 }] });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await started(desk, taskQueue);
      await until(
        () => Promise.resolve(world.server.requests.length),
        (count) => count === 2,
      );
      await handle.cancel();
      expect(await handle.result()).toMatchObject({
        outcome: 'rolledBack',
        failure: { type: 'Cancelled' },
        effects: [],
      });
    });
    await until(
      () => Promise.resolve(world.server.requests[1]!.ending),
      (ending) => ending === 'abandoned',
    );
    expect(world.server.requests).toHaveLength(2);
    expect(world.log).toEqual(['book a', 'undo a']);
  });
});

describe('a conversation under way', () => {
  const script = {
    small: [
      toolCalls(['c1', 'lookUp', { key: 'a' }], ['c2', 'book', { item: 'a' }]),
      draft('The sea.'),
      toolCalls(['c3', 'lookUp', { key: 'a' }]),
      draft('On tides.'),
    ],
  };

  it.each([1, 2])('goes on after a hand-over every %d steps, and nothing is asked twice', async (limit) => {
    const world = await worldOf(script);
    world.policies = { stepsPerExecutionMax: limit };
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await started(desk, taskQueue);
      expect(await handle.result()).toMatchObject({ ...finished, usage: { calls: 7 } });
      expect((await executionsOf(handle)).length).toBeGreaterThan(1);
    });
    expect(askedOf(world)).toHaveLength(4);
    expect(
      askedOf(world)
        .at(-1)!
        .messages.map(({ role }) => role),
    ).toEqual([...['system', 'user', 'assistant', 'tool', 'tool', 'assistant', 'user', 'assistant', 'tool']]);
    expect(world.log).toEqual(['book a']);
  });
});
