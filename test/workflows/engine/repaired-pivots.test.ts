import type { RunHandle } from '../../support/engine-world';
import { journalQuery } from '../../../src/workflows/messages';
import { decideNext, waiting } from '../../support/deciding';
import { startEngine, until, type Engine } from '../../support/engine-world';
import { announcement } from '../../support/processes';
import { broken, sagaWorld } from '../../support/saga-world';

let engine: Engine;

// The time-skipping server does not skip any more once a run was ended from outside.
beforeAll(async () => {
  engine = await startEngine({ isReal: true });
});

afterAll(() => engine.stop());

type Pivot = 'announce' | 'shout';

/** A world that counts the attempts at a pivot; the first does not answer before it is let go on. */
function hangingWorld(tool: Pivot) {
  const world = sagaWorld();
  const quick = world.tools[tool]!;
  const seen: { attempts: number; letGoOn: () => void } = { attempts: 0, letGoOn: () => undefined };
  const goesOn = new Promise<void>((resolve) => (seen.letGoOn = resolve));
  const execute: typeof quick.execute = async (input, context) => {
    seen.attempts += 1;
    const isFirst = seen.attempts === 1;
    const answer = await quick.execute(input, context);
    if (isFirst) await goesOn;
    return answer;
  };
  world.tools[tool] = { ...quick, execute };
  return { world, seen };
}

/** A run that was ended from outside while its pivot was under way. */
async function endedInMidPivot(taskQueue: string, tool: Pivot, isUnderWay: () => boolean) {
  const handle = await engine.start(announcement, taskQueue, { tool });
  await decideNext(handle, 'approve');
  await until(() => Promise.resolve(isUnderWay()), Boolean);
  await handle.terminate();
  return handle;
}

async function repair(taskQueue: string, handle: RunHandle, tool: Pivot) {
  const entries = [...(await handle.query(journalQuery))];
  return engine.client.workflow.start(announcement, {
    taskQueue,
    workflowId: `repair-of-${handle.workflowId}`,
    args: [{ tool }, { as: 'repair', from: handle.workflowId, entries }],
  });
}

describe('a pivot that was under way when its run ended', () => {
  it('is looked up by the repair, and not tried again when it happened', async () => {
    const { world, seen } = hangingWorld('announce');
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await endedInMidPivot(taskQueue, 'announce', () => world.log.includes('announce party'));
      const repaired = await repair(taskQueue, handle, 'announce');
      expect(await repaired.result()).toMatchObject({
        outcome: 'completed',
        value: 'party',
        effects: ['book-1', 'announce-1'],
      });
      seen.letGoOn();
    });
    expect(seen.attempts).toBe(1);
  });

  it('is asked about before it is tried again, when nobody can look it up', async () => {
    const { world, seen } = hangingWorld('shout');
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await endedInMidPivot(taskQueue, 'shout', () => world.log.includes('shout party'));
      const repaired = await repair(taskQueue, handle, 'shout');
      expect(await waiting(repaired)).toMatchObject({ step: 'shoutDoubt-1', role: 'speaker' });
      expect(seen.attempts).toBe(1);
      await decideNext(repaired, 'tryAgain');
      expect(await repaired.result()).toMatchObject({ outcome: 'completed', effects: ['book-1', 'shout-1'] });
      seen.letGoOn();
    });
    expect(seen.attempts).toBe(2);
  });
});

describe('a pivot of which nobody said what became of it', () => {
  it('is asked about again by the repair, instead of failing again at once', async () => {
    const world = sagaWorld();
    world.faults.set('shout party', [{ when: 'before', error: broken() }]);
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(announcement, taskQueue, { tool: 'shout' });
      await decideNext(handle, 'approve');
      await waiting(handle, ({ step }) => step === 'shoutDoubt-1');
      await handle.cancel();
      expect(await handle.result()).toMatchObject({ outcome: 'needsRepair', effects: ['shout-1'] });
      const repaired = await repair(taskQueue, handle, 'shout');
      await waiting(repaired, ({ step }) => step === 'shoutDoubt-2');
      await decideNext(repaired, 'edit', { value: { booking: 'it was heard' } });
      expect(await repaired.result()).toMatchObject({ outcome: 'completed', value: 'it was heard' });
    });
    expect(world.log).toEqual(['book hall', 'undo hall', 'book hall']);
  });
});
