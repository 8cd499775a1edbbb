import { decideNext, waiting } from '../../support/deciding';
import { startEngine, untilIdle, type Engine } from '../../support/engine-world';
import { askedOf, draft, modelWorlds, toolCalls } from '../../support/model-world';
import { desk } from '../../support/processes';

let engine: Engine;
const worldOf = modelWorlds();

beforeAll(async () => {
  engine = await startEngine({ isReal: true });
});

afterAll(() => engine.stop());

describe('a conversation whose worker is restarted', () => {
  it('goes on from its transcript, and nothing is asked or done twice', async () => {
    const world = await worldOf({
      small: [
        toolCalls(['c1', 'lookUp', { key: 'a' }], ['c2', 'book', { item: 'a' }]),
        toolCalls(['c3', 'announce', { item: 'x' }]),
        draft('On tides.'),
      ],
    });
    const { handle, taskQueue } = await engine.withWorker(world, async (queue) => {
      const begun = await engine.start(desk, queue, { topic: 'tides' });
      await waiting(begun);
      await untilIdle(begun);
      return { handle: begun, taskQueue: queue };
    });
    expect(askedOf(world)).toHaveLength(2);
    await engine.withWorkerOn(taskQueue, { ...world }, async () => {
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'On tides.' });
    });
    expect(askedOf(world)).toHaveLength(3);
    expect(
      askedOf(world)
        .at(-1)!
        .messages.map(({ role }) => role),
    ).toEqual([...['system', 'user', 'assistant', 'tool', 'tool', 'assistant', 'tool']]);
    expect(world.log).toEqual(['book a', 'announce x']);
  });
});
