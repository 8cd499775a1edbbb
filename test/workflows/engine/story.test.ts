import { searchAttributes } from '../../../src/contracts/search-attributes';
import { decideNext, viewOf, waiting } from '../../support/deciding';
import { newWorld, startEngine, type Engine, type RunHandle } from '../../support/engine-world';
import { chain, fanOut, signOff } from '../../support/processes';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

/** The current details of a run, as the UI asks for them. */
async function detailsOf(handle: RunHandle): Promise<string> {
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return currentDetails;
}

describe('what a run tells of itself', () => {
  it('is at first, in one word to the server, what it is and that it runs', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const handle = await engine.start(chain, taskQueue, { topics: ['a'] });
      await handle.result();
      const { events } = await handle.fetchHistory();
      const told = (events ?? []).flatMap(({ upsertWorkflowSearchAttributesEventAttributes: upsert }) =>
        upsert ? [Object.keys(upsert.searchAttributes?.indexedFields ?? {}).sort()] : [],
      );
      const { process, version, owner, state, waitingRoles } = searchAttributes;
      expect(told).toEqual([
        ['TemporalChangeVersion'],
        [owner.name, process.name, state.name, version.name].sort(),
        [state.name, waitingRoles.name].sort(),
      ]);
    });
  });

  it('is whom it waits for while it waits, and in the end what it came to', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const handle = await engine.start(signOff, taskQueue, { topic: 'tides', canEdit: false });
      await waiting(handle);
      const details = await detailsOf(handle);
      expect(details).toContain('**waiting** · 1 of 2 steps answered');
      expect(details).toContain('**editor** must decide `editorSignOff-1` (tides)');
      await decideNext(handle, 'approve');
      await handle.result();
      expect(await detailsOf(handle)).toContain('**completed** · 2 of 2 steps answered');
    });
  });

  it('is who decided, what, and with which words', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const handle = await engine.start(signOff, taskQueue, { topic: 'tides', canEdit: false });
      await decideNext(handle, 'approve', { comment: 'Good.' });
      await handle.result();
      const { steps } = await viewOf(handle);
      expect(steps.filter(({ kind }) => kind === 'approval')).toEqual([
        expect.objectContaining({
          decided: {
            decision: 'approve',
            actor: 'ada',
            role: 'editor',
            comment: 'Good.',
            at: expect.any(Number) as number,
          },
        }),
      ]);
    });
  });

  it('counts the steps of one name in one line', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const topics = ['a', 'b', 'c', 'd'];
      const handle = await engine.start(fanOut, taskQueue, { topics, concurrencyMax: 2 });
      await handle.result();
      expect(await detailsOf(handle)).toContain('| writer × 4 | | 4 answered |');
    });
  });
});
