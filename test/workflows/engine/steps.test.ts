import { newWorld, startEngine, type Engine } from '../../support/engine-world';
import { chain, family, fanOut, lenient, stubborn, booking } from '../../support/processes';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

describe('a run', () => {
  it('refuses an input that does not fit, and asks nothing', async () => {
    const world = newWorld();
    const result = await engine.withWorker(world, (taskQueue) =>
      engine.client.workflow.execute(chain, {
        taskQueue,
        workflowId: 'bad-input',
        args: [{ topics: 'none' } as unknown as { topics: string[] }],
      }),
    );
    expect(result).toMatchObject({ outcome: 'rolledBack', failure: { type: 'InvalidInput' } });
    expect(world.asked).toEqual([]);
  });

  it('asks each question once and completes with its value and what it spent', async () => {
    const world = newWorld();
    const result = await engine.withWorker(world, (taskQueue) =>
      engine.client.workflow.execute(chain, { taskQueue, workflowId: 'chain', args: [{ topics: ['a', 'b'] }] }),
    );
    expect(result).toEqual({
      outcome: 'completed',
      value: ['<a>', '<b+<a>>'],
      effects: [],
      usage: { tokens: 0, costMicroUsd: 0, calls: 2 },
    });
    expect(world.asked).toEqual(['writer | a', 'writer | b+<a>']);
  });

  it('keeps the order of mapped items and skips over hours of sleep', async () => {
    const topics = Array.from({ length: 12 }, (_, index) => `t${index}`);
    const result = await engine.withWorker(newWorld(), (taskQueue) =>
      engine.client.workflow.execute(fanOut, { taskQueue, workflowId: 'fan', args: [{ topics, concurrencyMax: 3 }] }),
    );
    expect(result).toMatchObject({
      outcome: 'completed',
      value: { texts: topics.map((topic) => `<value of ${topic}>`) },
    });
  });

  it('is stopped as a loop when it keeps asking the same', async () => {
    const world = newWorld();
    world.policies = { sameQuestionMax: 7 };
    const result = await engine.withWorker(world, (taskQueue) =>
      engine.client.workflow.execute(stubborn, { taskQueue, workflowId: 'loop', args: [{}] }),
    );
    expect(result).toMatchObject({ outcome: 'rolledBack', failure: { type: 'Loop', details: { times: 7 } } });
  });

  it('ends out of budget before it makes a call too many', async () => {
    const world = newWorld();
    const topics = ['a', 'b', 'c', 'd', 'e', 'f'];
    const result = await engine.withWorker(world, (taskQueue) =>
      engine.client.workflow.execute(lenient, { taskQueue, workflowId: 'budget', args: [{ topics }] }),
    );
    expect(result).toMatchObject({
      outcome: 'outOfBudget',
      failure: { type: 'OutOfBudget', details: { unit: 'calls' } },
    });
    expect(world.asked).toHaveLength(4);
  });

  it('undoes its effects when it cannot go on', async () => {
    const world = newWorld();
    world.agents['writer'] = () => Promise.reject(new Error('The writer is ill.'));
    world.agents['understudy'] = () => Promise.reject(new Error('The understudy is ill.'));
    const { result, view } = await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.client.workflow.start(booking, {
        taskQueue,
        workflowId: 'book',
        args: [{ item: 'x' }],
      });
      return { result: await handle.result(), view: await handle.query('runView') };
    });
    expect(result).toMatchObject({
      outcome: 'rolledBack',
      effects: [],
      failure: { type: 'ApprovalExpired' },
    });
    expect(view).toMatchObject({
      state: 'rolledBack',
      waiting: [],
      steps: [{ effect: { outcome: 'undone' } }, {}, {}],
    });
  });

  it('runs children with journals of their own and adds what they spent', async () => {
    const result = await engine.withWorker(newWorld(), (taskQueue) =>
      engine.client.workflow.execute(family, {
        taskQueue,
        workflowId: 'family',
        args: [{ lists: [['a'], ['b', 'c']] }],
      }),
    );
    expect(result).toEqual({
      outcome: 'completed',
      value: [['<a>'], ['<b>', '<c+<b>>']],
      effects: [],
      usage: { tokens: 0, costMicroUsd: 0, calls: 5 },
    });
  });
});
