import type { Process } from '../../../src/workflows/engine/run';
import { newWorld, startEngine, type Engine } from '../../support/engine-world';
import { forgetful, impure, talkative } from '../../support/processes';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

function execute(process: Process<Record<string, never>, string>, stepsPerExecutionMax?: number) {
  const world = newWorld();
  if (stepsPerExecutionMax !== undefined) world.policies = { stepsPerExecutionMax };
  return engine.withWorker(world, async (taskQueue) => {
    const handle = await engine.start(process, taskQueue, {});
    return { result: await handle.result(), asked: world.asked };
  });
}

describe('a process that is no function of its journal', () => {
  it('is named with the step when it asks something else', async () => {
    const { result } = await execute(impure, 1);
    expect(result).toMatchObject({
      outcome: 'rolledBack',
      failure: {
        type: 'ProcessNotPure',
        message: expect.stringMatching(
          /impure .*did not ask for writer-1 \(a lucky number\); it asked for writer \(a lucky number\)/,
        ) as string,
        details: { step: 'writer-1', unclaimed: 1 },
      },
    });
  });

  it('is named with the step when it asks for less', async () => {
    const { result, asked } = await execute(forgetful, 2);
    expect(result).toMatchObject({ failure: { type: 'ProcessNotPure', details: { step: 'writer-1', unclaimed: 1 } } });
    expect(asked).toEqual(['writer | once']);
  });

  it('is named with the step when it asks for something more first', async () => {
    const { result, asked } = await execute(talkative, 1);
    expect(result).toMatchObject({
      failure: {
        type: 'ProcessNotPure',
        message: expect.stringContaining('it asked for writer (something more) instead') as string,
        details: { step: 'writer-1' },
      },
    });
    expect(asked).toEqual(['writer | first']);
  });

  it('is not noticed while it is never run again', async () => {
    for (const process of [impure, forgetful, talkative]) {
      expect((await execute(process)).result).toMatchObject({ outcome: 'completed' });
    }
  });
});
