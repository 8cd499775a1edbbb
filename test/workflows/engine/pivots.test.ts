import { rejectStepUpdate } from '../../../src/workflows/messages';
import { decideNext, viewOf, waiting } from '../../support/deciding';
import { startEngine, until, untilIdle, type Engine } from '../../support/engine-world';
import { announcement, festival, gala, undaunted } from '../../support/processes';
import { broken, sagaWorld } from '../../support/saga-world';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

describe('a pivot', () => {
  it('waits until no sibling can fail any more, and the run says what it waits for', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(announcement, taskQueue, { tool: 'announce' });
      await waiting(handle);
      await untilIdle(handle);
      expect(await viewOf(handle)).toMatchObject({ held: [{ name: 'announce' }], heldBy: ['editorSignOff-1'] });
      expect(world.log).toEqual(['book hall']);
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({ outcome: 'completed', effects: ['book-1', 'announce-1'] });
    });
    expect(world.log).toEqual(['book hall', 'announce party']);
  });

  it('never happens when the sibling is rejected', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(announcement, taskQueue, { tool: 'announce' });
      await decideNext(handle, 'reject');
      expect(await handle.result()).toMatchObject({ outcome: 'rejected', effects: [] });
    });
    expect(world.log).toEqual(['book hall', 'undo hall']);
  });

  it('that nobody can look up gets one attempt, then a person says what became of it', async () => {
    const world = sagaWorld();
    world.faults.set('shout party', [
      { when: 'before', error: broken() },
      { when: 'after', error: broken() },
    ]);
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(announcement, taskQueue, { tool: 'shout' });
      await decideNext(handle, 'approve');
      expect(await waiting(handle)).toMatchObject({ step: 'shoutDoubt-1', role: 'speaker' });
      expect(world.log).toEqual(['book hall']);
      await decideNext(handle, 'tryAgain');
      await waiting(handle, ({ step }) => step === 'shoutDoubt-2');
      await decideNext(handle, 'edit', { value: { nonsense: true } });
      const { subject } = await waiting(handle, ({ step }) => step === 'shoutDoubt-3');
      expect(subject).toMatchObject({ problem: expect.stringMatching(/does not fit its schema/) as string });
      await decideNext(handle, 'edit', { value: { booking: 'it was heard' } });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'it was heard' });
    });
    expect(world.log).toEqual(['book hall', 'shout party']);
  });

  it('of which nobody says what became of it is named by a run that completes without its answer', async () => {
    const world = sagaWorld();
    world.faults.set('shout party', [{ when: 'before', error: broken() }]);
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(undaunted, taskQueue, {});
      expect(await handle.result()).toMatchObject({
        outcome: 'completedPartially',
        value: 'a quiet party',
        effects: ['shout-1'],
        leftOut: [
          { what: 'the undoing of shout-1', why: 'Nobody knows whether it happened, and it cannot be undone.' },
        ],
      });
    });
  });

  it('that a person says did not happen is no matter for a run that completes without it', async () => {
    const world = sagaWorld();
    world.faults.set('shout party', [{ when: 'before', error: broken() }]);
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(undaunted, taskQueue, {});
      await decideNext(handle, 'reject');
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'a quiet party', effects: [] });
    });
  });
});

describe('a child’s pivot', () => {
  it('waits until no branch of its parent can fail any more', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(festival, taskQueue, {});
      await until(
        () => viewOf(handle),
        ({ held }) => held.length > 0,
      );
      expect(await viewOf(handle)).toMatchObject({ held: [{ name: 'announcer-1' }], heldBy: ['editorSignOff-1'] });
      expect(world.log).toEqual(['book hall']);
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({
        outcome: 'completed',
        value: 'party',
        effects: ['announcer-1/book-1', 'announcer-1/announce-1'],
      });
    });
    expect(world.log).toEqual(['book hall', 'announce party']);
  });

  it('never happens when a branch of the parent is rejected', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(festival, taskQueue, {});
      await until(
        () => viewOf(handle),
        ({ held }) => held.length > 0,
      );
      await decideNext(handle, 'reject');
      expect(await handle.result()).toMatchObject({ outcome: 'rejected', effects: [] });
    });
    expect(world.log).toEqual(['book hall', 'undo hall']);
  });

  it('that waits no more, since a step of the child was rejected, keeps the pivots of its parent waiting', async () => {
    const world = sagaWorld();
    let letGoOn: () => void = () => undefined;
    const goesOn = new Promise<void>((resolve) => (letGoOn = resolve));
    world.agents['writer'] = async ({ topic }: { topic: string }, { feedback }) => {
      world.log.push(`write ${topic}`);
      if (feedback.length > 0) await goesOn;
      return { text: `${topic} ${feedback.length}` };
    };
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(gala, taskQueue, {});
      await until(
        () => viewOf(handle),
        ({ held }) => held.some(({ name }) => name === 'speaker-1'),
      );
      const child = engine.client.workflow.getHandle(`${handle.workflowId}.speaker-1`);
      await child.executeUpdate(rejectStepUpdate, {
        args: [{ step: 'writer-1', feedback: 'Be brief.', actor: 'ada' }],
      });
      await until(
        () => viewOf(handle),
        ({ heldBy }) => heldBy.includes('speaker-1'),
      );
      await decideNext(handle, 'approve');
      expect(await viewOf(handle)).toMatchObject({ held: [{ name: 'shout' }], heldBy: ['speaker-1'] });
      expect(world.log).toEqual(['write speech', 'write speech']);
      letGoOn();
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'speech 1' });
    });
    expect(world.log.slice(2).sort()).toEqual(['announce speech 1', 'shout gala']);
  });
});
