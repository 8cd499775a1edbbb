import { startEngine, type Engine } from '../../support/engine-world';
import { askedOf, draft, repliesOf, startModelWorld, toolCalls, type ModelWorld } from '../../support/model-world';
import { desk } from '../../support/processes';

let engine: Engine;
const opened: ModelWorld[] = [];

beforeAll(async () => {
  engine = await startEngine();
});

afterEach(() => Promise.all(opened.splice(0).map((world) => world.close())));

afterAll(() => engine.stop());

async function worldOf(...script: Parameters<typeof repliesOf>): Promise<ModelWorld> {
  const world = await startModelWorld(repliesOf(...script));
  opened.push(world);
  return world;
}

describe('an agent that has tools', () => {
  it('takes turns with its model, and dispatches what it asks, until an output passes', async () => {
    const world = await worldOf({
      small: [toolCalls(['c1', 'lookUp', { key: 'tides' }]), draft('On the sea.'), draft('On tides.')],
    });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(desk, taskQueue, { topic: 'tides' });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'On tides.' });
    });
    const asked = askedOf(world);
    expect(asked).toHaveLength(3);
    expect(asked[1]!.messages.at(-1)).toMatchObject({
      role: 'tool',
      tool_call_id: 'c1',
      content: '{"value":"value of tides"}',
    });
    expect(asked[2]!.messages.at(-1)).toMatchObject({ role: 'user', content: 'Mention tides.' });
  });
});
