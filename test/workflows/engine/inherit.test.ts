import { journalQuery } from '../../../src/workflows/messages';
import type { Inheritance } from '../../../src/workflows/engine/execution';
import { decideNext, viewOf, waiting } from '../../support/deciding';
import { startEngine, type Engine } from '../../support/engine-world';
import { bookings, branches } from '../../support/processes';
import { broken, sagaWorld } from '../../support/saga-world';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

const topics = ['a', 'b'];

/** A run of branches that has completed. */
async function completed(taskQueue: string) {
  const handle = await engine.start(branches, taskQueue, { topics });
  await decideNext(handle, 'approve');
  await handle.result();
  return handle;
}

function startFrom(taskQueue: string, inheritance: Inheritance, input = { topics }) {
  return engine.client.workflow.start(branches, {
    taskQueue,
    workflowId: `${inheritance.as}-of-${inheritance.from}-${inheritance.at ?? ''}`,
    args: [input, inheritance],
  });
}

const journalOf = async (handle: Awaited<ReturnType<typeof completed>>) => [...(await handle.query(journalQuery))];

describe('a fork', () => {
  it('is refused when the step to begin at has no answer', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await completed(taskQueue);
      const entries = await journalOf(handle);
      const fork = await startFrom(taskQueue, { as: 'fork', from: handle.workflowId, entries, at: 'writer-9' });
      expect(await fork.result()).toMatchObject({
        outcome: 'rolledBack',
        failure: { type: 'InvalidInput', message: expect.stringMatching(/no step writer-9/) as string },
      });
    });
  });

  it('asks anew from its step on, reuses what does not hang on it, and leaves the other’s effects be', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await completed(taskQueue);
      const before = [...world.standing.values()];
      const seen = world.log.length;
      const entries = await journalOf(handle);
      const fork = await startFrom(taskQueue, { as: 'fork', from: handle.workflowId, entries, at: 'writer-3' });
      await decideNext(fork, 'approve');
      expect(await fork.result()).toMatchObject({
        outcome: 'completed',
        value: '<<a>+<b>>',
        usage: { calls: 2 },
        effects: ['book-4'],
      });
      expect(world.log.slice(seen)).toEqual(['write <a>+<b>', 'book <<a>+<b>>']);
      expect([...world.standing.values()]).toEqual([...before, '<<a>+<b>>']);
    });
  });

  it('with another input asks only what that changes', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await completed(taskQueue);
      const seen = world.log.length;
      const entries = await journalOf(handle);
      const inheritance: Inheritance = { as: 'fork', from: handle.workflowId, entries };
      const fork = await startFrom(taskQueue, inheritance, { topics: ['a', 'c'] });
      await decideNext(fork, 'approve');
      expect(await fork.result()).toMatchObject({ outcome: 'completed', value: '<<a>+<c>>' });
      expect(world.log.slice(seen)).toEqual(['write c', 'book <c>', 'write <a>+<c>', 'book <<a>+<c>>']);
    });
  });

  it('that is rejected undoes its own effects and none of the other’s', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await completed(taskQueue);
      const before = [...world.standing.values()];
      const entries = await journalOf(handle);
      const fork = await startFrom(taskQueue, { as: 'fork', from: handle.workflowId, entries, at: 'writer-1' });
      await waiting(fork);
      await decideNext(fork, 'reject');
      expect(await fork.result()).toMatchObject({ outcome: 'rejected', effects: [] });
      expect([...world.standing.values()]).toEqual(before);
    });
  });
});

describe('a repair', () => {
  it('goes on from what still holds, and does again what was undone', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(branches, taskQueue, { topics });
      await decideNext(handle, 'reject', { comment: 'Not yet.' });
      expect(await handle.result()).toMatchObject({ outcome: 'rejected' });
      expect(world.standing.size).toBe(0);
      const seen = world.log.length;
      const entries = await journalOf(handle);
      const repair = await startFrom(taskQueue, { as: 'repair', from: handle.workflowId, entries });
      await decideNext(repair, 'approve');
      expect(await repair.result()).toMatchObject({ outcome: 'completed', value: '<<a>+<b>>' });
      expect([...world.log.slice(seen)].sort()).toEqual(
        ['book <a>', 'book <b>', 'write <a>+<b>', 'book <<a>+<b>>'].sort(),
      );
    });
  });

  it('answers for what its run could not undo', async () => {
    const world = sagaWorld();
    world.faults.set(
      'undo x',
      Array.from({ length: 6 }, () => ({ when: 'before', error: broken() }) as const),
    );
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(bookings, taskQueue, { items: ['x'], endsWell: false });
      expect(await handle.result()).toMatchObject({ outcome: 'needsRepair', effects: ['book-1'] });
      const entries = [...(await handle.query(journalQuery))];
      const repair = await engine.client.workflow.start(bookings, {
        taskQueue,
        workflowId: `repair-of-${handle.workflowId}`,
        args: [
          { items: ['y'], endsWell: true },
          { as: 'repair', from: handle.workflowId, entries },
        ],
      });
      expect(await repair.result()).toMatchObject({ outcome: 'completed', value: ['y'], effects: ['book-2'] });
      expect((await viewOf(repair)).steps).toMatchObject([{ step: 'book-1', struck: { why: 'stale' } }, {}, {}]);
    });
    expect(world.log).toEqual(['book x', 'undo x', 'book y']);
  });

  it('that is cancelled before it begins still answers for what its run could not undo, and can be repaired itself', async () => {
    const world = sagaWorld();
    world.faults.set(
      'undo x',
      [...Array<undefined>(6)].map(() => ({ when: 'before', error: broken() }) as const),
    );
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(bookings, taskQueue, { items: ['x'], endsWell: false });
      expect(await handle.result()).toMatchObject({ outcome: 'needsRepair', effects: ['book-1'] });
      const startRepair = async (of: typeof handle, queue: string) => {
        const entries = [...(await of.query(journalQuery))];
        const inheritance = { as: 'repair', from: of.workflowId, entries } as const;
        const args: Parameters<typeof bookings> = [{ items: ['y'], endsWell: true }, inheritance];
        return engine.client.workflow.start(bookings, {
          ...{ taskQueue: queue, workflowId: `repair-of-${of.workflowId}`, args },
        });
      };
      const laterQueue = `later-${taskQueue}`;
      const cancelled = await startRepair(handle, laterQueue);
      await cancelled.cancel();
      await engine.withWorkerOn(laterQueue, world, async () => {
        expect(await cancelled.result()).toMatchObject({
          outcome: 'needsRepair',
          failure: { type: 'Cancelled' },
          effects: ['book-1'],
        });
        const second = await startRepair(cancelled, taskQueue);
        expect(await second.result()).toMatchObject({ outcome: 'completed', value: ['y'], effects: ['book-2'] });
      });
    });
    expect(world.log).toEqual(['book x', 'undo x', 'book y']);
  });
});
