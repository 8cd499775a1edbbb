import { decideNext, viewOf, waiting } from '../../support/deciding';
import { startEngine, type Engine } from '../../support/engine-world';
import { bookings } from '../../support/processes';
import { broken, refused, sagaWorld, type Fault, type SagaWorld } from '../../support/saga-world';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

const items = ['x', 'y', 'z'];

function start(world: SagaWorld, endsWell: boolean) {
  return engine.withWorker(world, async (taskQueue) => {
    const handle = await engine.start(bookings, taskQueue, { items, endsWell });
    return { result: await handle.result(), view: await viewOf(handle) };
  });
}

/** Longer than all attempts at an undoing. */
const undoingTakes = '5 minutes';

const after = (error: Error): Fault => ({ when: 'after', error });
const before = (error: Error): Fault => ({ when: 'before', error });
const times = (count: number, fault: Fault) => Array.from({ length: count }, () => fault);
/** More than any call is attempted. */
const forEver = 20;

describe('a run that fails', () => {
  it('undoes everything that it did, newest first', async () => {
    const world = sagaWorld();
    const { result, view } = await start(world, false);
    expect(result).toMatchObject({ outcome: 'rolledBack', effects: [], failure: { type: 'StepFailed' } });
    expect(world.log).toEqual(['book x', 'book y', 'book z', 'undo z', 'undo y', 'undo x']);
    expect(view.steps.map(({ effect }) => effect?.outcome)).toEqual(['undone', 'undone', 'undone']);
  });

  it('undoes nothing that never happened', async () => {
    const world = sagaWorld();
    world.faults.set('book y', [before(refused())]);
    const { view } = await start(world, false);
    expect(world.log).toEqual(['book x', 'book z', 'undo z', 'undo x']);
    expect(view.steps.map(({ effect }) => effect?.outcome)).toEqual(['undone', 'refused', 'undone']);
  });

  it('tries an undoing again that failed, and does it once', async () => {
    const world = sagaWorld();
    world.faults.set('undo y', [after(broken()), before(broken())]);
    const { result } = await start(world, false);
    expect(result).toMatchObject({ outcome: 'rolledBack', effects: [] });
    expect(world.log.slice(3)).toEqual(['undo z', 'undo y', 'undo x']);
  });
});

describe('a tool’s error', () => {
  it('that the process takes undoes nothing', async () => {
    const world = sagaWorld();
    world.faults.set('book y', [before(refused())]);
    const { result } = await start(world, true);
    expect(result).toMatchObject({ outcome: 'completedPartially', value: ['x', 'z'] });
    expect(world.log).toEqual(['book x', 'book z']);
  });
});

describe('an effect of unknown outcome', () => {
  it('that did happen is found by its key, and is the answer', async () => {
    const world = sagaWorld();
    world.faults.set('book y', times(forEver, after(broken())));
    const { result, view } = await start(world, true);
    expect(result).toMatchObject({ outcome: 'completed', value: items });
    expect(view.steps[1]?.effect).toMatchObject({ outcome: 'done' });
    expect(world.log).toEqual(['book x', 'book y', 'book z']);
  });

  it('that did not happen is sealed before the process is told, so that it never does', async () => {
    const world = sagaWorld();
    world.faults.set('book y', times(forEver, before(broken())));
    const { result, view } = await start(world, true);
    expect(result).toMatchObject({ outcome: 'completedPartially', value: ['x', 'z'], effects: ['book-1', 'book-3'] });
    expect(view.steps[1]?.effect).toMatchObject({ outcome: 'refused' });
    const late = world.tools['book']!.execute(
      { item: 'y' },
      { idempotencyKey: view.steps[1]!.effect!.idempotencyKey, services: {} as never },
    );
    await expect(late).rejects.toThrow();
    expect(world.log).toEqual(['book x', 'book z']);
  });

  it('that cannot be looked up is undone at the end, when it can be', async () => {
    const world = sagaWorld();
    world.faults.set('book y', times(forEver, after(broken())));
    world.faults.set('look up y', times(4, before(broken())));
    const { result } = await start(world, true);
    expect(result).toMatchObject({ outcome: 'completedPartially', value: ['x', 'z'] });
    expect(world.log).toEqual(['book x', 'book y', 'book z', 'undo y']);
  });
});

describe('an undoing that keeps failing', () => {
  const withStuck = (work: (world: SagaWorld, handle: Awaited<ReturnType<typeof engine.start>>) => Promise<void>) => {
    const world = sagaWorld();
    world.faults.set('undo y', times(forEver, before(broken())));
    return engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(bookings, taskQueue, { items, endsWell: false });
      await engine.environment.sleep(undoingTakes);
      await work(world, handle as never);
    });
  };

  it('makes the run wait for the owner, with everything older still standing', async () => {
    await withStuck(async (world, handle) => {
      expect(await waiting(handle as never)).toMatchObject({
        step: 'bookRepair-1',
        role: 'tests',
        offers: ['undoneByHand', 'tryAgain', 'reassign'],
        subject: { step: 'book-2', tool: 'book', input: { item: 'y' }, reason: expect.any(String) as string },
      });
      expect(await viewOf(handle as never)).toMatchObject({ state: 'needsRepair' });
      expect(world.log.slice(3)).toEqual(['undo z']);
      await decideNext(handle, 'undoneByHand');
      expect(await handle.result()).toMatchObject({ outcome: 'rolledBack', effects: [] });
      expect(world.log.slice(3)).toEqual(['undo z', 'undo x']);
      expect((await viewOf(handle as never)).steps[1]?.effect).toMatchObject({ outcome: 'undoneByHand' });
    });
  });

  it('is tried again when the owner says so, as often as it takes', async () => {
    await withStuck(async (world, handle) => {
      await decideNext(handle, 'tryAgain');
      await engine.environment.sleep(undoingTakes);
      await waiting(handle, ({ step }) => step === 'bookRepair-2');
      world.faults.delete('undo y');
      await decideNext(handle, 'tryAgain');
      expect(await handle.result()).toMatchObject({ outcome: 'rolledBack', effects: [] });
      expect(world.log.slice(3)).toEqual(['undo z', 'undo y', 'undo x']);
    });
  });

  it('ends the run as in need of repair when nobody says anything', async () => {
    await withStuck(async (world, handle) => {
      expect(await handle.result()).toMatchObject({ outcome: 'needsRepair', effects: ['book-2'] });
      expect(world.log.slice(3)).toEqual(['undo z', 'undo x']);
    });
  });
});
