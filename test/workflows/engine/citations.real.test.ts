import { executionsOf, startEngine, untilIdle, type Engine } from '../../support/engine-world';
import { decideNext, waiting } from '../../support/deciding';
import { relay } from '../../support/processes';
import { relayWorld } from '../../support/relay-world';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine({ isReal: true });
});

afterAll(() => engine.stop());

describe('a long text that one worker has answered with', () => {
  it('is said again to the worker that goes on with it, and does not remember it', async () => {
    const text = 'What the contract says. '.repeat(20);
    const [one, other] = [relayWorld(text), relayWorld('never said')];
    const { taskQueue, handle } = await engine.withWorker(one, async (queue) => {
      const started = await engine.start(relay, queue, { key: 'contract', beside: null });
      await waiting(started);
      await untilIdle(started);
      return { taskQueue: queue, handle: started };
    });
    await engine.withWorkerOn(taskQueue, other, async () => {
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({ outcome: 'completed' });
    });
    const [history] = await executionsOf(handle);
    const ids = history?.events?.flatMap((event) => event.activityTaskScheduledEventAttributes?.activityId ?? []);
    expect(ids).toEqual(expect.arrayContaining(['lookUp-1', 'lookUp-2', 'lookUp-2.whole']));
    expect(one.keys).toEqual(['contract']);
    expect(other.keys).toEqual([{ value: text, beside: null }]);
  });
});
