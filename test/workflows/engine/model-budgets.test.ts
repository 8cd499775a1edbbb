import { agents } from '../../support/catalogue';
import { decideNext, viewOf, waiting } from '../../support/deciding';
import { startEngine, untilIdle, type Engine } from '../../support/engine-world';
import { askedOf, draft, modelWorlds } from '../../support/model-world';
import { briefDesk, bureau, callDesks, deskInTurn, moneyDesks, tokenDesks } from '../../support/processes';

let engine: Engine;
const worldOf = modelWorlds();

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

const topics = Array.from({ length: 50 }, (_none, at) => `t${at}`);
const counted = { promptTokens: 2_000, completionTokens: 400 };
const reply = { ...draft('Written.'), usage: counted };
const times = (count: number) => Array.from({ length: count }, () => reply);
/** What each answer of the server costs: 2,000 tokens at 0.25 and 400 at 2 millionths of a dollar. */
const each = { calls: 1, tokens: 2_400, costMicroUsd: 1_300 };
const enough = { costMicroUsdMax: 1_000_000, tokensMax: 10_000_000, callsMax: 1_000, durationMsMax: 2_592_000_000 };

const limited = [
  ['calls', callDesks, 20],
  ['tokens', tokenDesks, 100_000],
  ['costMicroUsd', moneyDesks, 40_000],
] as const;

describe.each(limited)('a budget of %s for few of fifty answers that are wanted at once', (unit, process, max) => {
  it('is never overshot by what the server answered, and has its owner asked once, who raises it', async () => {
    const world = await worldOf({ small: times(50) });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(process, taskQueue, { topics });
      const { subject } = await waiting(handle);
      await untilIdle(handle);
      const spent = askedOf(world).length * each[unit];
      const view = await viewOf(handle);
      expect(spent).toBeLessThanOrEqual(max);
      expect(view.usage[unit]).toBe(spent);
      expect(view.waiting).toHaveLength(1);
      const { askedFor } = subject as { askedFor: typeof each };
      expect(spent + askedFor[unit]).toBeGreaterThan(max);
      await decideNext(handle, 'edit', { value: enough });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', usage: { [unit]: 50 * each[unit] } });
      expect((await viewOf(handle)).steps.filter(({ name }) => name === 'budgetRaise')).toHaveLength(1);
    });
    expect(askedOf(world)).toHaveLength(50);
  });

  it('ends the run when its owner refuses, and nothing more is asked', async () => {
    const world = await worldOf({ small: times(50) });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(process, taskQueue, { topics });
      await decideNext(handle, 'reject');
      const spent = askedOf(world).length * each[unit];
      expect(await handle.result()).toMatchObject({ outcome: 'outOfBudget', usage: { [unit]: spent } });
    });
    expect(askedOf(world).length * each[unit]).toBeLessThanOrEqual(max);
  });
});

describe('a budget that children share', () => {
  it('is never overshot by all of them together, and its owner is asked once', async () => {
    const world = await worldOf({ small: times(50) });
    const lists = Array.from({ length: 5 }, (_none, at) => topics.slice(10 * at, 10 * at + 10));
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(bureau, taskQueue, { lists });
      await waiting(handle);
      await untilIdle(handle);
      expect(askedOf(world).length * each.tokens).toBeLessThanOrEqual(100_000);
      expect((await viewOf(handle)).waiting).toHaveLength(1);
      await decideNext(handle, 'edit', { value: enough });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', usage: { tokens: 50 * each.tokens } });
      const { spenders } = await viewOf(handle);
      expect(spenders).toMatchObject([{ by: 'desks', steps: 5, usage: { tokens: 50 * each.tokens } }]);
    });
    expect(askedOf(world)).toHaveLength(50);
  });
});

describe('a budget that is nearly spent', () => {
  it('is spent on the cheaper model that an agent names, and show says who spent what', async () => {
    const world = await worldOf({ small: times(8), cheap: times(2) });
    world.definitions['clerk'] = { ...agents.clerk, cheaperModel: 'cheap' };
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(deskInTurn, taskQueue, { topics: topics.slice(0, 10) });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', usage: { calls: 10 } });
      expect((await viewOf(handle)).spenders).toEqual([
        { by: 'clerk/small', steps: 8, usage: { calls: 8, tokens: 19_200, costMicroUsd: 10_400 } },
        { by: 'clerk/cheap', steps: 2, usage: { calls: 2, tokens: 4_800, costMicroUsd: 520 } },
      ]);
    });
    expect(askedOf(world).map(({ model }) => model)).toEqual([
      ...Array<string>(8).fill('small-1'),
      ...['cheap-1', 'cheap-1'],
    ]);
  });
});

describe('the end of a budget of time', () => {
  it('ends the run in the middle of an answer, and nothing more is asked', async () => {
    const world = await worldOf({ small: [{ ...reply, delayMs: 300_000 }] });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(briefDesk, taskQueue, { topics });
      expect(await handle.result()).toMatchObject({
        outcome: 'outOfBudget',
        failure: { details: { unit: 'ms', max: 2_000 } },
      });
    });
    expect(askedOf(world).length).toBeLessThanOrEqual(1);
  });
});
