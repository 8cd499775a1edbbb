import { decideUpdate } from '../../../src/workflows/messages';
import { decideNext, decisionOn, unfitDecisions, waiting } from '../../support/deciding';
import { newWorld, startEngine, untilIdle, type Engine } from '../../support/engine-world';
import { signOff } from '../../support/processes';

let engine: Engine;

// The time-skipping server writes a workflow task for a refused Update; a real one writes nothing.
beforeAll(async () => {
  engine = await startEngine({ isReal: true });
});

afterAll(() => engine.stop());

function withSignOff(work: (handle: Awaited<ReturnType<typeof start>>) => Promise<void>): Promise<void> {
  return engine.withWorker(newWorld(), async (taskQueue) => {
    const handle = await start(taskQueue);
    await waiting(handle);
    await untilIdle(handle, 1);
    await work(handle);
    await handle.terminate();
  });
}

const start = (taskQueue: string) => engine.start(signOff, taskQueue, { topic: 't', canEdit: true });
const refusedBecause = (reason: RegExp) => ({
  cause: { type: 'DecisionRefused', message: expect.stringMatching(reason) as string },
});

describe('a decision', () => {
  it('that is refused costs no history, whatever the reason', async () => {
    await withSignOff(async (handle) => {
      const length = async () => (await handle.fetchHistory()).events?.length;
      const shown = await waiting(handle);
      const before = await length();
      for (const [, make, reason] of unfitDecisions) {
        const sent = handle.executeUpdate(decideUpdate, { args: [make(shown) as never] });
        await expect(sent).rejects.toMatchObject(refusedBecause(reason));
        expect(await length()).toBe(before);
      }
    });
  });

  it('that comes after another is refused with who decided, or because the run has ended', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const handle = await start(taskQueue);
      const shown = await waiting(handle);
      const sent = ['ada', 'ben', 'cy'].map((actor) =>
        handle.executeUpdate(decideUpdate, { args: [decisionOn(shown, 'approve', { actor })] }),
      );
      const ends = await Promise.allSettled(sent);
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const end of ends) {
        if (end.status === 'rejected' && end.reason instanceof Error && end.reason.cause !== undefined) {
          expect(end.reason).toMatchObject(refusedBecause(/already decided: approve by (ada|ben|cy)/));
        }
      }
      expect(await handle.result()).toMatchObject({ outcome: 'completed' });
    });
  });

  it('by reassignment leaves the step waiting for the next one', async () => {
    await withSignOff(async (handle) => {
      await decideNext(handle, 'reassign', { role: 'deputyEditor' });
      expect(await waiting(handle, ({ role }) => role === 'deputyEditor')).toMatchObject({ step: 'editorSignOff-1' });
    });
  });
});
