import { decideNext, waiting } from '../../support/deciding';
import { executionsOf, startEngine, until, untilIdle, type Engine, type RunHandle } from '../../support/engine-world';
import { proclamation } from '../../support/processes';
import { broken, sagaWorld, type SagaWorld } from '../../support/saga-world';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine({ isReal: true });
});

afterAll(() => engine.stop());

const key = 'To all whom it may concern. '.repeat(20);
const speech = `value of ${key}`;

interface OnAnother {
  readonly tool: 'announce' | 'shout';
  readonly world: SagaWorld;
  readonly goOn: (handle: RunHandle) => Promise<void>;
}

/** Has the speech looked up on one worker; another, which never heard it, goes on from the sign-off. */
async function onAnother({ tool, world, goOn }: OnAnother): Promise<string[]> {
  const { taskQueue, handle } = await engine.withWorker(sagaWorld(), async (queue) => {
    const started = await engine.start(proclamation, queue, { tool, key });
    await waiting(started);
    await untilIdle(started);
    return { taskQueue: queue, handle: started };
  });
  await engine.withWorkerOn(taskQueue, world, async () => {
    await decideNext(handle, 'approve');
    await goOn(handle);
  });
  const [history] = await executionsOf(handle);
  return (history?.events ?? []).flatMap((event) => event.activityTaskScheduledEventAttributes?.activityId ?? []);
}

describe('a pivot that cites what its worker does not remember', () => {
  it.each(['announce', 'shout'] as const)('happens once, and nobody is asked whether it did (%s)', async (tool) => {
    const world = sagaWorld();
    const goOn = async (handle: RunHandle) => {
      expect(await handle.result()).toMatchObject({
        ...{ outcome: 'completed', value: speech, effects: [`${tool}-1`] },
        usage: { calls: 2 },
      });
    };
    const calls = await onAnother({ tool, world, goOn });
    expect(world.log).toEqual([`${tool} ${speech}`]);
    expect(calls).toEqual(expect.arrayContaining([`${tool}-1`, `${tool}-1.whole`]));
    expect(calls).not.toContain(`${tool}-1.lookup`);
  });

  it('has one attempt when it is made in full: then a person says what became of it', async () => {
    const world = sagaWorld();
    world.faults.set(`shout ${speech}`, [{ when: 'after', error: broken() }]);
    const goOn = async (handle: RunHandle) => {
      expect(await waiting(handle)).toMatchObject({ step: 'shoutDoubt-1', subject: { input: { item: speech } } });
      await decideNext(handle, 'edit', { value: { booking: 'it was heard' } });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'it was heard' });
    };
    const calls = await onAnother({ tool: 'shout', world, goOn });
    expect(world.log).toEqual([`shout ${speech}`]);
    expect(calls.filter((call) => /^shout-1(\.whole)?$/.test(call))).toEqual(['shout-1', 'shout-1.whole']);
  });

  it('cites again when a person has it tried again, since its worker knows by then', async () => {
    const world = sagaWorld();
    world.faults.set(`shout ${speech}`, [{ when: 'before', error: broken() }]);
    const goOn = async (handle: RunHandle) => {
      await decideNext(handle, 'tryAgain');
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: speech, effects: ['shout-1'] });
    };
    const calls = await onAnother({ tool: 'shout', world, goOn });
    expect(world.log).toEqual([`shout ${speech}`]);
    expect(calls.filter((call) => call.startsWith('shout-1'))).toEqual(['shout-1', 'shout-1.whole', 'shout-1.2']);
  });

  it('is known not to have happened when the run is cancelled before it is made in full', async () => {
    const world = sagaWorld();
    const goOn = async (handle: RunHandle) => {
      expect(await handle.result()).toMatchObject({ outcome: 'rolledBack', effects: [] });
    };
    world.beforeTool = async ({ activityId, workflowExecution }) => {
      if (activityId !== 'shout-1') return;
      const handle = engine.client.workflow.getHandle(workflowExecution?.workflowId ?? '');
      await handle.cancel();
      await until(
        () => handle.fetchHistory(),
        ({ events }) => (events ?? []).some(({ activityTaskCancelRequestedEventAttributes: asked }) => asked != null),
      );
    };
    const calls = await onAnother({ tool: 'shout', world, goOn });
    expect(world.log).toEqual([]);
    expect(calls).not.toContain('shout-1.whole');
  });
});
