import { journalQuery } from '../../../src/workflows/messages';
import { decideNext, viewOf, waiting } from '../../support/deciding';
import { startEngine, until, type Engine, type RunHandle } from '../../support/engine-world';
import { festival } from '../../support/processes';
import { sagaWorld } from '../../support/saga-world';

let engine: Engine;

// The time-skipping server does not skip any more once a run was ended from outside.
beforeAll(async () => {
  engine = await startEngine({ isReal: true });
});

afterAll(() => engine.stop());

/** A festival whose child has booked a hall, and waits for leave to announce the party. */
async function inMidFestival(taskQueue: string) {
  const handle = await engine.start(festival, taskQueue, {});
  await until(
    () => viewOf(handle),
    ({ held }) => held.some(({ name }) => name === 'announcer-1'),
  );
  return { handle, child: engine.client.workflow.getHandle(`${handle.workflowId}.announcer-1`) };
}

describe('a child that is ended from outside', () => {
  it('leaves it to a person to say that what it did is undone, since nobody else knows', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const { handle, child } = await inMidFestival(taskQueue);
      await child.terminate();
      expect(await waiting(handle, ({ step }) => step === 'announcerRepair-1')).toMatchObject({
        role: 'tests',
        offers: ['undoneByHand', 'reassign'],
        subject: { reason: expect.stringContaining(child.workflowId) as string },
      });
      expect(await viewOf(handle)).toMatchObject({ state: 'needsRepair' });
      await decideNext(handle, 'undoneByHand');
      expect(await handle.result()).toMatchObject({
        outcome: 'rolledBack',
        failure: { type: 'StepFailed' },
        effects: [],
      });
    });
    expect(world.log).toEqual(['book hall']);
  });
});

describe('a child that was under way when its parent was ended from outside', () => {
  it('keeps the repair waiting until a person says that what it did is undone', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const { handle, child } = await inMidFestival(taskQueue);
      await handle.terminate();
      await child.result();
      const repaired: RunHandle = await engine.client.workflow.start(festival, {
        taskQueue,
        workflowId: `repair-of-${handle.workflowId}`,
        args: [{}, { as: 'repair', from: handle.workflowId, entries: [...(await handle.query(journalQuery))] }],
      });
      await decideNext(repaired, 'approve');
      const { subject } = await waiting(repaired, ({ step }) => step === 'announcerRepair-1');
      expect(subject).toMatchObject({ reason: expect.stringContaining(child.workflowId) as string });
      expect(world.log).toEqual(['book hall', 'undo hall']);
      await decideNext(repaired, 'undoneByHand');
      expect(await repaired.result()).toMatchObject({
        outcome: 'completed',
        effects: ['announcer-2/book-1', 'announcer-2/announce-1'],
      });
    });
    expect(world.log).toEqual(['book hall', 'undo hall', 'book hall', 'announce party']);
  });
});
