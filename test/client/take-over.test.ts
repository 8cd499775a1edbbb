import { lineageOf } from '../../src/client/lineage';
import { inputsOf } from '../../src/client/recorded';
import { journalOf, resultOfRun, startRun, statusOf } from '../../src/client/runs';
import { toFork, toRepair } from '../../src/client/take-over';
import { executionsOf, newWorld, startEngine, type Engine } from '../support/engine-world';
import { bookings, chain, family } from '../support/processes';
import { sagaWorld } from '../support/saga-world';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

const processes = [chain.description, bookings.description, family.description];
const topics = ['the first of all', 'the second one', 'the last of them'];

async function linksOf(runId: string): Promise<string[]> {
  const [entries, { inputs, isWhole }] = [await journalOf(engine.client, runId), await inputsOf(engine.client, runId)];
  expect(isWhole).toBe(true);
  return lineageOf(entries, inputs).map(({ from, to }) => `${from} > ${to}`);
}

describe('a fork', () => {
  it('asks nothing before its step, and its lineage goes back through the other run’s executions', async () => {
    const world = { ...newWorld(), policies: { stepsPerExecutionMax: 1 } };
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(chain, taskQueue, { topics });
      const value = await handle.result();
      expect((await executionsOf(handle)).length).toBeGreaterThan(1);
      const links = ['writer-1 > writer-2', 'writer-1 > writer-3', 'writer-2 > writer-3'];
      expect(await linksOf(handle.workflowId)).toEqual(links);

      world.asked.length = 0;
      const from = { runId: handle.workflowId, at: 'writer-3' };
      const { process, input, ...after } = await toFork(engine.client, processes, from);
      expect(input).toEqual({ topics });
      const runId = await startRun(engine.client, {
        process,
        input,
        taskQueue,
        about: 'a fork',
        runId: 'forked',
        after,
      });
      expect(await engine.client.workflow.getHandle(runId).result()).toEqual({
        ...value,
        usage: { ...value.usage, calls: 1 },
      });
      expect(world.asked).toHaveLength(1);
      expect(await linksOf(runId)).toEqual([...links, 'writer-1 > writer-4', 'writer-2 > writer-4']);
    });
  });

  it('is refused at a step that nobody answered', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const handle = await engine.start(chain, taskQueue, { topics: ['one'] });
      await handle.result();
      await expect(
        toFork(engine.client, processes, { runId: handle.workflowId, at: 'writer-2' }),
      ).rejects.toMatchObject({ type: 'InvalidInput' });
      await expect(toFork(engine.client, [], { runId: handle.workflowId, at: 'writer-1' })).rejects.toMatchObject({
        type: 'UnknownProcess',
      });
    });
  });
});

describe('a repair', () => {
  it('goes on under the same id with a mended input, and does what was undone once more', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(bookings, taskQueue, { items: ['x', 'y'], endsWell: false });
      expect(await handle.result()).toMatchObject({ outcome: 'rolledBack', effects: [] });
      const { process, input, ...after } = await toRepair(engine.client, processes, handle.workflowId);
      expect(input).toEqual({ items: ['x', 'y'], endsWell: false });
      const mended = { items: ['x', 'y'], endsWell: true };
      await startRun(engine.client, {
        ...{ process, taskQueue, after, about: 'a repair' },
        ...{ input: mended, runId: handle.workflowId },
      });
      expect(await engine.client.workflow.getHandle(handle.workflowId).result()).toMatchObject({
        outcome: 'completed',
      });
      expect(world.log).toEqual(['book x', 'book y', 'undo y', 'undo x', 'book x', 'book y']);
      expect(await statusOf(engine.client, handle.workflowId)).toBe('COMPLETED');
      await expect(toRepair(engine.client, processes, handle.workflowId)).rejects.toMatchObject({
        type: 'InvalidInput',
      });
      expect(await resultOfRun(engine.client, handle.workflowId)).toMatchObject({ outcome: 'completed' });
    });
  });
});

describe('what a child run was asked with', () => {
  it('is found in its parent’s history', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const handle = await engine.start(family, taskQueue, { lists: [['a child’s topic']] });
      await handle.result();
      const { inputs } = await inputsOf(engine.client, handle.workflowId);
      expect(inputs.get('chain-1')).toEqual({ topics: ['a child’s topic'] });
    });
  });
});
