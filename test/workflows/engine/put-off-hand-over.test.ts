import { viewOf } from '../../support/deciding';
import { startEngine, until, untilIdle, type Engine } from '../../support/engine-world';
import { lookout } from '../../support/processes';
import { sagaWorld } from '../../support/saga-world';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

describe('a hand-over that a child’s pivot waits through', () => {
  /** Comes to be due before the child waits for leave; the child waits before the hand-over can come. */
  async function lookOut(keys: readonly string[]) {
    const world = sagaWorld();
    world.policies = { stepsPerExecutionMax: 2 };
    let comesToBeDue: () => void = () => undefined;
    const isDue = new Promise<void>((resolve) => (comesToBeDue = resolve));
    const book = world.tools['book']!;
    const execute: typeof book.execute = async (input, context) => {
      await isDue;
      return book.execute(input, context);
    };
    world.tools['book'] = { ...book, execute };
    return engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(lookout, taskQueue, { keys: [...keys] });
      await until(
        () => viewOf(handle),
        ({ steps }) => steps.some(({ step, state }) => step === 'lookUp-1' && state === 'answered'),
      );
      await untilIdle(handle);
      comesToBeDue();
      return { result: await handle.result(), log: world.log };
    });
  }

  it('does not let it happen before the branches that it holds back have gone on', async () => {
    const { result, log } = await lookOut(['a', 'bad b']);
    expect(result).toMatchObject({ outcome: 'rolledBack', failure: { type: 'DocumentUnreadable' }, effects: [] });
    expect(log).toEqual(['book hall', 'undo hall']);
  });

  it('comes after it', async () => {
    const { result, log } = await lookOut(['a', 'b', 'c']);
    expect(result).toMatchObject({ outcome: 'completed', value: 'party' });
    expect(log).toEqual(['book hall', 'announce party']);
  });
});
