import { decideUpdate, previewUpdate, rejectStepUpdate } from '../../../src/workflows/messages';
import { decideNext, decisionOn, viewOf, waiting } from '../../support/deciding';
import { startEngine, untilIdle, type Engine, type RunHandle } from '../../support/engine-world';
import { branches, household } from '../../support/processes';
import { sagaWorld, type SagaWorld } from '../../support/saga-world';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

const topics = ['a', 'b'];
const bookedOnce = ['write a', 'write b', 'book <a>', 'book <b>', 'write <a>+<b>'];

/** Works on a run of branches up to its sign-off. */
function withBranches(world: SagaWorld, work: (handle: RunHandle) => Promise<void>) {
  return engine.withWorker(world, async (taskQueue) => {
    const handle = await engine.start(branches, taskQueue, { topics });
    await waiting(handle);
    await work(handle);
  });
}

async function reject(handle: RunHandle, step: string, feedback = 'wrong') {
  await untilIdle(handle);
  return handle.executeUpdate(rejectStepUpdate, { args: [{ step, feedback, actor: 'ada' }] });
}

/** What the world saw, where branches that ran side by side may have come in either order. */
const sorted = (log: readonly string[]) => [...log].sort();

describe('a rejection that is refused', () => {
  it.each([
    ['names no step of the run', { step: 'writer-9' }, /no step writer-9/],
    ['names a step that has no answer yet', { step: 'editorSignOff-1' }, /no answer that could be wrong/],
    ['says nothing', { step: 'writer-1', feedback: '' }, /shape of a rejection: feedback/],
    ['comes from nobody', { step: 'writer-1', actor: ' ' }, /shape of a rejection: actor/],
  ])('because it %s changes nothing', async (_fact, said, reason) => {
    const world = sagaWorld();
    await withBranches(world, async (handle) => {
      const args = [{ feedback: 'wrong', actor: 'ada', ...said }] as [never];
      await expect(handle.executeUpdate(rejectStepUpdate, { args })).rejects.toMatchObject({
        cause: { type: 'RejectionRefused', message: expect.stringMatching(reason) as string },
      });
      expect(await viewOf(handle)).toMatchObject({ pass: 1, waiting: [{ step: 'editorSignOff-1' }] });
      await decideNext(handle, 'approve');
      await handle.result();
    });
    expect(sorted(world.log)).toEqual(sorted([...bookedOnce, 'book <<a>+<b>>']));
  });
});

describe('a rejected step', () => {
  it('has exactly what came from it undone and done again, after the undoing', async () => {
    const world = sagaWorld();
    await withBranches(world, async (handle) => {
      await reject(handle, 'writer-1');
      await waiting(handle, ({ step }) => step === 'editorSignOff-2');
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: '<<a>!1+<b>>' });
    });
    expect(sorted(world.log.slice(0, 5))).toEqual(sorted(bookedOnce));
    expect(world.log.slice(5)).toEqual(['write a', 'undo <a>', 'book <a>!1', 'write <a>!1+<b>', 'book <<a>!1+<b>>']);
    expect(sorted([...world.standing.values()])).toEqual(['<<a>!1+<b>>', '<a>!1', '<b>']);
  });

  it('is told what was said of it, each time', async () => {
    const world = sagaWorld();
    await withBranches(world, async (handle) => {
      for (const round of [1, 2, 3]) {
        const { steps } = await viewOf(handle);
        const standing = steps.find(({ about, struck }) => about === 'a' && struck === undefined);
        await reject(handle, standing!.step, `wrong again ${round}`);
        await waiting(handle, ({ step }) => step === `editorSignOff-${round + 1}`);
      }
      expect((await viewOf(handle)).steps.filter(({ struck }) => struck?.why === 'blamed')).toMatchObject([
        { struck: { feedback: 'ada rejected writer-1: wrong again 1', by: 'ada' } },
        { struck: { feedback: expect.stringContaining('wrong again 2') as string } },
        { struck: { feedback: expect.stringContaining('wrong again 3') as string } },
      ]);
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({ value: '<<a>!3+<b>>' });
    });
  });

  it('behaves the tenth time as it did the first', async () => {
    const world = sagaWorld();
    await withBranches(world, async (handle) => {
      for (let round = 1; round <= 10; round++) {
        const { steps } = await viewOf(handle);
        const before = world.log.length;
        await reject(handle, steps.find(({ about, struck }) => about === 'a' && struck === undefined)!.step);
        await waiting(handle, ({ step }) => step === `editorSignOff-${round + 1}`);
        const was = round === 1 ? '<a>' : `<a>!${round - 1}`;
        expect(world.log.slice(before)).toEqual([
          'write a',
          `undo ${was}`,
          `book <a>!${round}`,
          `write <a>!${round}+<b>`,
        ]);
      }
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({ outcome: 'completed' });
    });
  });

  it('ends the run as rejected, with everything undone, when the rounds are used up', async () => {
    const world = sagaWorld();
    world.policies = { reworkRoundsMax: 1 };
    await withBranches(world, async (handle) => {
      await reject(handle, 'writer-1');
      await waiting(handle, ({ step }) => step === 'editorSignOff-2');
      await reject(handle, 'writer-2');
      expect(await handle.result()).toMatchObject({ outcome: 'rejected', effects: [], failure: { type: 'Rejected' } });
    });
    expect(world.standing.size).toBe(0);
  });

  it('that comes out the same costs nothing but its own question', async () => {
    const world = sagaWorld();
    world.agents['writer'] = ({ topic }: { topic: string }) => {
      world.log.push(`write ${topic}`);
      return Promise.resolve({ text: `<${topic}>` });
    };
    await withBranches(world, async (handle) => {
      await reject(handle, 'writer-2');
      const { step, subject, shown } = await waiting(handle, (one) => one.step === 'writerEscalation-1');
      expect(subject).toMatchObject({ feedback: expect.stringMatching(/came again/) as string });
      await handle.executeUpdate(decideUpdate, { args: [decisionOn({ step, shown }, 'approve')] });
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: '<<a>+<b>>' });
    });
    expect(world.log.slice(5)).toEqual(['write b', 'book <<a>+<b>>']);
  });

  it('is blamed by who is asked to approve, and an approval of something else is asked for again', async () => {
    const world = sagaWorld();
    await withBranches(world, async (handle) => {
      await decideNext(handle, 'reject', { blame: 'writer-3', comment: 'Too short.' });
      expect((await waiting(handle, ({ step }) => step === 'editorSignOff-2')).subject).toEqual({
        text: '<<a>+<b>>!1',
      });
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({ value: '<<a>+<b>>!1' });
    });
    expect(world.log.slice(5)).toEqual(['write <a>+<b>', 'book <<a>+<b>>!1']);
  });
});

describe('a preview', () => {
  it('says what a rejection would undo and ask again, and what that had cost, and changes nothing', async () => {
    const world = sagaWorld();
    await withBranches(world, async (handle) => {
      const preview = await handle.executeUpdate(previewUpdate, { args: [{ reject: 'writer-1' }] });
      const { steps } = await viewOf(handle);
      const bookingOfA = steps.find(({ name, about }) => name === 'book' && about === 'a')!.step;
      expect(preview).toEqual({
        reject: 'writer-1',
        undone: [bookingOfA],
        cannotBeUndone: [],
        askedAgain: ['writer-1', bookingOfA, 'writer-3', 'editorSignOff-1'],
        usage: { calls: 3, tokens: 0, costMicroUsd: 0 },
      });
      expect(world.log).toHaveLength(5);
      expect(await viewOf(handle)).toMatchObject({ pass: 1, waiting: [{ step: 'editorSignOff-1' }] });
      await decideNext(handle, 'approve');
      await handle.result();
    });
  });

  it('is refused for a step that there is not', async () => {
    await withBranches(sagaWorld(), async (handle) => {
      await expect(handle.executeUpdate(previewUpdate, { args: [{ reject: 'none-1' }] })).rejects.toMatchObject({
        cause: { type: 'RejectionRefused' },
      });
      await decideNext(handle, 'approve');
      await handle.result();
    });
  });
});

describe('children', () => {
  it('that completed are undone when the run is rejected, newest first', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(household, taskQueue, { lists: [['x', 'y']] });
      await decideNext(handle, 'reject', { comment: 'No.' });
      expect(await handle.result()).toMatchObject({ outcome: 'rejected', effects: [] });
      expect((await viewOf(handle)).steps.find(({ kind }) => kind === 'process')?.childEffects).toMatchObject([
        { step: 'bookings-1/book-1', outcome: 'undone' },
        { step: 'bookings-1/book-2', outcome: 'undone' },
        { step: 'bookings-1/book-3', outcome: 'undone' },
      ]);
    });
    expect(world.log).toEqual([
      'write wishes',
      ...['book x', 'book y', 'book <wishes>'],
      ...['undo <wishes>', 'undo y', 'undo x'],
    ]);
  });

  it('are undone and run anew when what they were asked with was rejected', async () => {
    const world = sagaWorld();
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(household, taskQueue, { lists: [['x']] });
      await waiting(handle);
      await reject(handle, 'writer-1');
      await waiting(handle, ({ step }) => step === 'editorSignOff-2');
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: [['x', '<wishes>!1']] });
    });
    expect(world.log).toEqual([
      ...['write wishes', 'book x', 'book <wishes>'],
      ...['write wishes', 'undo <wishes>', 'undo x', 'book x', 'book <wishes>!1'],
    ]);
  });
});
