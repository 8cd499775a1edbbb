import type { Reply } from '../../support/model-server/reply';
import { decideNext, viewOf, waiting } from '../../support/deciding';
import { startEngine, type Engine, type RunHandle } from '../../support/engine-world';
import { agents } from '../../support/catalogue';
import { askedOf, draft, modelWorlds, type ModelWorld } from '../../support/model-world';
import { desk } from '../../support/processes';
import { journalQuery, runViewQuery } from '../../../src/workflows/messages';

let engine: Engine;
const worldOf = modelWorlds();

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

function run<Read>(world: ModelWorld, work: (handle: RunHandle<never, string>) => Promise<Read>) {
  return engine.withWorker(world, async (taskQueue) =>
    work((await engine.start(desk, taskQueue, { topic: 'tides' })) as RunHandle<never, string>),
  );
}

/** The result of a run, and who made which attempt. */
function ended(world: ModelWorld) {
  return run(world, async (handle) => {
    const result = await handle.result();
    const { steps } = await viewOf(handle);
    return { result, attempts: steps.find(({ step }) => step === 'clerk-1')?.attempts.map(({ by }) => by) };
  });
}

const finished = { outcome: 'completed', value: 'On tides.' };
const modelsOf = (world: ModelWorld) => askedOf(world).map(({ model }) => model);

describe('an output that does not pass', () => {
  it('goes back with the exact errors, within the same conversation, and is mended', async () => {
    const world = await worldOf({ small: [{ content: { text: 7, tone: 'calm' } }, draft('On tides.')] });
    expect(await ended(world)).toMatchObject({
      result: { ...finished, usage: { calls: 2 } },
      attempts: ['clerk/small', 'clerk/small'],
    });
    const [, second] = askedOf(world);
    expect(second!.messages.slice(2)).toEqual([
      { role: 'assistant', content: '{"text":7,"tone":"calm"}' },
      {
        role: 'user',
        content: expect.stringMatching(
          /^The answer does not fit its schema: text: .*expected string.*; value: .*"tone"/,
        ) as string,
      },
    ]);
  });

  it('goes back so often as an agent has attempts, then the next model is told, and then a person is asked', async () => {
    const world = await worldOf({
      small: [{ content: 'On the sea.' }, { content: '' }],
      large: [draft('The sea.'), draft('The ocean.')],
    });
    await run(world, async (handle) => {
      const asked = await waiting(handle);
      expect(asked).toMatchObject({
        ...{ step: 'clerkEscalation-1', role: 'editor' },
        subject: { step: 'clerk-1', output: { text: 'The ocean.' }, feedback: 'Mention tides.' },
      });
      expect(modelsOf(world)).toEqual(['small-1', 'small-1', 'large-1', 'large-1']);
      const opening = askedOf(world)[2]!.messages;
      expect(opening).toHaveLength(2);
      expect(opening[1]!.content).toMatch(/What was said of earlier attempts:\n.*not JSON.*\n.*not JSON/);
      await decideNext(handle, 'edit', { value: { text: 'On tides, by hand.' } });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'On tides, by hand.' });
    });
    expect(askedOf(world)).toHaveLength(4);
  });

  it('is made by the models again when a person gives feedback instead, who are told it', async () => {
    const world = await worldOf({
      small: [draft('a'), draft('b'), draft('On tides.')],
      large: [draft('c'), draft('d')],
    });
    await run(world, async (handle) => {
      await decideNext(handle, 'retry', { comment: 'Think of the moon.' });
      expect(await handle.result()).toMatchObject(finished);
    });
    expect(askedOf(world).at(-1)!.messages.at(-1)!.content).toContain('Think of the moon.');
  });

  it('is nobody’s in the end, after a person was asked five times, and the run ends', async () => {
    const world = await worldOf({ small: [{ ...draft('a') }], large: [draft('a')] });
    world.definitions['clerk'] = { ...agents.clerk, attemptsMax: 1 };
    await run(world, async (handle) => {
      for (let round = 1; round <= 5; round++) {
        await waiting(handle, ({ step }) => step === `clerkEscalation-${round}`);
        await decideNext(handle, 'edit', { value: { text: `The sea ${round}.` } });
      }
      expect(await handle.result()).toMatchObject({ outcome: 'rolledBack', failure: { type: 'StepFailed' } });
    });
    expect(askedOf(world)).toHaveLength(2);
  });
});

describe('a model that cannot answer', () => {
  const refusals: [string, Reply, string][] = [
    ['refuses', { refusal: 'I would rather not.' }, 'ModelRefused'],
    ['has its answer filtered', { content: '', finishReason: 'content_filter' }, 'ModelRefused'],
    ['has no quota', { error: { status: 429, code: 'insufficient_quota' } }, 'ModelUnusable'],
    ['is not permitted', { error: { status: 401 } }, 'ModelUnusable'],
    ['does not exist', { error: { status: 404, code: 'model_not_found' } }, 'ModelUnusable'],
    ['takes the request for wrong', { error: { status: 400, message: 'Nonsense.' } }, 'ModelRequestRejected'],
  ];

  it.each(refusals)('and %s, is asked once, and the next at once; both are recorded', async (_what, reply, type) => {
    const world = await worldOf({ small: [reply], large: [draft('On tides.')] });
    const { journal, shown } = await run(world, async (handle) => {
      expect(await handle.result()).toMatchObject(finished);
      return { journal: await handle.query(journalQuery), shown: await handle.query(runViewQuery) };
    });
    const [clerk] = journal;
    expect(modelsOf(world)).toEqual(['small-1', 'large-1']);
    expect(shown.steps[0]?.attempts.map(({ turnedDownBy }) => turnedDownBy)).toEqual([type, undefined]);
    expect(clerk!.attempts).toMatchObject([
      { by: 'clerk/small', result: { type: 'failed', failure: { type } }, usage: { calls: 1 }, heads: [] },
      { by: 'clerk/large', result: { type: 'judged', verdict: { verdict: 'accept' } }, usage: { calls: 1 } },
    ]);
  });

  it.each<[string, Reply]>([
    ['is down', { error: { status: 503 } }],
    ['cuts the line', { reset: 'beforeAnswer' }],
    ['cuts it in the middle', { ...draft('On tides.'), reset: 'midway' }],
    ['sends garbage', { body: '<html>', contentType: 'text/html' }],
    ['is busy', { error: { status: 429 }, retryAfter: { seconds: 1 } }],
  ])('for now, since it %s, is asked three times, and then the next', async (_what, reply) => {
    const world = await worldOf({ small: [reply, reply, reply], large: [draft('On tides.')] });
    expect(await ended(world)).toMatchObject({ result: finished, attempts: ['clerk/small', 'clerk/large'] });
    expect(modelsOf(world)).toEqual([...Array<string>(3).fill('small-1'), 'large-1']);
  });

  it('goes on with the same conversation when it is back in time', async () => {
    const world = await worldOf({
      small: [{ error: { status: 500 } }, { reset: 'midway', ...draft('x') }, draft('On tides.')],
    });
    expect(await ended(world)).toMatchObject({ result: finished, attempts: ['clerk/small'] });
  });

  it('leaves the work to a person when no other can', async () => {
    const quota = { error: { status: 429, code: 'insufficient_quota' } } as const;
    const world = await worldOf({ small: [quota], large: [quota] });
    await run(world, async (handle) => {
      const { subject } = await waiting(handle);
      expect(subject).toMatchObject({ output: null, feedback: expect.stringContaining('large') as string });
      await decideNext(handle, 'reject', { comment: 'Enough.' });
      expect(await handle.result()).toMatchObject({ outcome: 'rejected' });
    });
    expect(askedOf(world)).toHaveLength(2);
  });

  it('is followed by the fallback agent’s models', async () => {
    const world = await worldOf({ small: [{ refusal: 'No.' }], large: [draft('On tides.')] });
    world.definitions['clerk'] = { ...agents.clerk, models: ['small'], fallback: 'understudy' };
    world.definitions['understudy'] = { ...agents.understudy, models: ['large'] };
    expect(await ended(world)).toMatchObject({ result: finished, attempts: ['clerk/small', 'understudy/large'] });
  });

  it('without a price in the table is asked nothing at all', async () => {
    const world = await worldOf({ large: [draft('On tides.')] });
    world.definitions['clerk'] = { ...agents.clerk, models: ['priceless', 'large'] };
    expect(await ended(world)).toMatchObject({ result: finished, attempts: ['clerk/priceless', 'clerk/large'] });
    expect(modelsOf(world)).toEqual(['large-1']);
  });
});
