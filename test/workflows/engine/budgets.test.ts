import { decideNext, viewOf, waiting } from '../../support/deciding';
import { executionsOf, startEngine, until, untilIdle, type Engine } from '../../support/engine-world';
import { clan, clockedCrowd, crowd, heralds, patron } from '../../support/processes';
import { sagaWorld } from '../../support/saga-world';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

const { budget } = crowd.description;
const topics = Array.from({ length: 50 }, (_none, at) => `t${at}`);
/** One call is the booking's. */
const whole = { ...budget, callsMax: topics.length + 1 };

describe('a budget for 20 calls of which 51 are wanted at once', () => {
  it('ends the run when its owner refuses to raise it, and everything is undone', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(crowd, taskQueue, { topics });
      await decideNext(handle, 'reject');
      expect(await handle.result()).toMatchObject({
        outcome: 'outOfBudget',
        failure: { type: 'OutOfBudget', details: { unit: 'calls', spent: 20, max: 20 } },
        usage: { calls: 20 },
        effects: [],
      });
    });
    expect(world.log.filter((line) => line.startsWith('write'))).toHaveLength(19);
    expect(world.log.filter((line) => !line.startsWith('write'))).toEqual(['book hall', 'undo hall']);
  });

  it('ends the run when its owner says nothing in two days', async () => {
    await engine.withWorker(sagaWorld(), async (taskQueue) => {
      const handle = await engine.start(crowd, taskQueue, { topics });
      expect(await handle.result()).toMatchObject({ outcome: 'outOfBudget', usage: { calls: 20 }, effects: [] });
    });
  });

  it('is raised by nothing that is below what is spent, raises nothing, or is no budget', async () => {
    await engine.withWorker(sagaWorld(), async (taskQueue) => {
      const handle = await engine.start(crowd, taskQueue, { topics });
      await waiting(handle);
      const unfit = [
        { ...whole, callsMax: 19 },
        budget,
        { callsMax: 100 },
        { ...whole, durationMsMax: 1 },
        { ...whole, callsMax: 50.5 },
      ];
      for (const value of unfit) {
        await expect(decideNext(handle, 'edit', { value })).rejects.toThrow();
        expect(await viewOf(handle)).toMatchObject({ state: 'waiting', budget, usage: { calls: 20 } });
      }
      await decideNext(handle, 'reject');
      await handle.result();
    });
  });

  it('is never overshot, asks the owner once, and suffices once it is raised', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(crowd, taskQueue, { topics });
      const asked = await waiting(handle);
      await untilIdle(handle);
      const view = await viewOf(handle);
      expect(view).toMatchObject({ usage: { calls: 20 }, left: { calls: 0 }, waiting: [{ step: 'budgetRaise-1' }] });
      expect(view.waiting).toHaveLength(1);
      expect(asked).toMatchObject({ role: 'tests', subject: { budget, spent: { calls: 20 }, unit: 'calls' } });
      expect(world.log.filter((line) => line.startsWith('write'))).toHaveLength(19);
      await decideNext(handle, 'edit', { value: whole });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', usage: { calls: 51 } });
      expect(await viewOf(handle)).toMatchObject({ budget: whole, left: { calls: 0 } });
      const steps = (await viewOf(handle)).steps.filter(({ name }) => name === 'budgetRaise');
      expect(steps).toHaveLength(1);
    });
  });

  it('asks again when it was raised by too little', async () => {
    await engine.withWorker(sagaWorld(), async (taskQueue) => {
      const handle = await engine.start(crowd, taskQueue, { topics });
      await decideNext(handle, 'edit', { value: { ...budget, callsMax: 30 } });
      const again = await waiting(handle, ({ step }) => step === 'budgetRaise-2');
      expect(again.subject).toMatchObject({ spent: { calls: 30 }, budget: { callsMax: 30 } });
      await decideNext(handle, 'edit', { value: whole });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', usage: { calls: 51 } });
    });
  });

  it('is asked about once, and stays raised, when the run is handed over in between', async () => {
    const world = sagaWorld();
    world.policies = { stepsPerExecutionMax: 1 };
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(clockedCrowd, taskQueue, { topics });
      await untilIdle(handle, 2);
      await waiting(handle);
      await engine.environment.sleep('2 hours');
      await untilIdle(handle, 3);
      await decideNext(handle, 'edit', { value: whole });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', usage: { calls: 51 } });
      const view = await viewOf(handle);
      expect(view.budget).toEqual(whole);
      expect(view.steps.filter(({ name }) => name === 'budgetRaise')).toHaveLength(1);
      expect(await executionsOf(handle)).toHaveLength(3);
    });
    expect(world.log.filter((line) => line.startsWith('write'))).toHaveLength(50);
  });
});

describe('children that share their parent’s budget', () => {
  const lists = ['a', 'b', 'c', 'd', 'e'].map((name) => [1, 2, 3, 4, 5].map((at) => `${name}${at}`));
  /** The booking, five children, and five calls of each. */
  const enough = { ...clan.description.budget, callsMax: 31 };

  it('never overshoot it, and end with it when its owner refuses', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(clan, taskQueue, { lists });
      await decideNext(handle, 'reject');
      const result = await handle.result();
      expect(result).toMatchObject({ outcome: 'outOfBudget', effects: [] });
      expect(result.usage.calls).toBeLessThanOrEqual(20);
    });
    expect(world.log.filter((line) => line.startsWith('write')).length).toBeLessThanOrEqual(14);
    expect(world.log.filter((line) => !line.startsWith('write'))).toEqual(['book hall', 'undo hall']);
  });

  it('use all of it, have its owner asked once, and go on when it is raised', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(clan, taskQueue, { lists });
      await waiting(handle);
      await untilIdle(handle);
      expect((await viewOf(handle)).left).toMatchObject({ calls: 0 });
      expect(world.log.filter((line) => line.startsWith('write'))).toHaveLength(14);
      await decideNext(handle, 'edit', { value: enough });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', usage: { calls: 31 } });
      const raises = (await viewOf(handle)).steps.filter(({ name }) => name === 'budgetRaise');
      expect(raises).toHaveLength(1);
    });
  });

  it('are given what they need by and by, and nobody is asked', async () => {
    await engine.withWorker(sagaWorld(), async (taskQueue) => {
      const handle = await engine.start(clan, taskQueue, { lists: lists.slice(0, 2).map((list) => list.slice(0, 4)) });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', usage: { calls: 11 } });
      expect((await viewOf(handle)).steps.map(({ name }) => name)).toEqual(['book', 'crew', 'crew']);
    });
  });

  it('do not wait for each other with what cannot be undone', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(heralds, taskQueue, { items: ['a', 'b', 'c'] });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', usage: { calls: 9 } });
      expect((await viewOf(handle)).steps).toHaveLength(3);
    });
    expect(world.log.filter((line) => line.startsWith('announce'))).toHaveLength(3);
  });

  it('ask about their own budget themselves, when that is the limit', async () => {
    await engine.withWorker(sagaWorld(), async (taskQueue) => {
      const handle = await engine.start(patron, taskQueue, { topics: ['a', 'b', 'c'] });
      const child = engine.client.workflow.getHandle(`${handle.workflowId}.miser-1`);
      await until(
        () => viewOf(handle),
        ({ steps }) => steps.length === 1,
      );
      const { runId } = await child.describe();
      const asked = { ...child, firstExecutionRunId: runId };
      const own = await waiting(asked);
      expect(own).toMatchObject({ step: 'budgetRaise-1', subject: { budget: { callsMax: 2 }, unit: 'calls' } });
      expect((await viewOf(handle)).waiting).toEqual([]);
      await decideNext(asked, 'edit', { value: { ...budget, callsMax: 3 } });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', usage: { calls: 4 } });
    });
  });
});

describe('a run that began before models', () => {
  it('ends at the end of its budget, and asks nobody', async () => {
    const world = Object.assign(sagaWorld(), { isBeforeModels: true } as const);
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(crowd, taskQueue, { topics });
      expect(await handle.result()).toMatchObject({ outcome: 'outOfBudget', usage: { calls: 20 } });
      expect((await viewOf(handle)).steps.filter(({ name }) => name === 'budgetRaise')).toEqual([]);
    });
  });
});
