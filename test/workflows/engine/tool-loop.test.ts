import type { temporal } from '@temporalio/proto';
import { viewOf } from '../../support/deciding';
import { executionsOf, startEngine, type Engine, type RunHandle } from '../../support/engine-world';
import { askedOf, draft, modelWorlds, toolCalls, type ModelWorld } from '../../support/model-world';
import { desk } from '../../support/processes';

let engine: Engine;
const worldOf = modelWorlds();

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

/** What a run about tides comes to, and what is read of it while its worker is there. */
function run<Read>(world: ModelWorld, read: (handle: RunHandle) => Promise<Read>) {
  return engine.withWorker(world, async (taskQueue) => {
    const handle = await engine.start(desk, taskQueue, { topic: 'tides' });
    return { result: await handle.result(), read: await read(handle) };
  });
}

async function resultOf(world: ModelWorld) {
  const { result } = await run(world, () => Promise.resolve());
  return result;
}

/** The calls that a history records: their ids and types, and what people are told of them. */
async function callsOf(handle: RunHandle) {
  const [history] = await executionsOf(handle);
  return (history?.events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled, userMetadata }) => {
    if (!scheduled) return [];
    const summary = JSON.parse(Buffer.from(userMetadata?.summary?.data ?? []).toString() || '""') as string;
    return [{ id: scheduled.activityId, type: scheduled.activityType?.name, summary }];
  });
}

const finished = { outcome: 'completed', value: 'On tides.' };

/** What the model was told last in each request after the first. */
function toldIn(world: ModelWorld) {
  return askedOf(world)
    .slice(1)
    .map(({ messages }) => messages.at(-1));
}

describe('what a model asks of tools', () => {
  it('is not dispatched when no tool has such a name, or its arguments do not fit, and the model is told why', async () => {
    const world = await worldOf({
      small: [
        toolCalls(['c1', 'publish', { item: 'x' }]),
        toolCalls(['c2', 'book', { item: 7 }]),
        toolCalls(['c3', 'book', '{"item": ']),
        draft('On tides.'),
      ],
    });
    const { result, read: calls } = await run(world, callsOf);
    expect(result).toMatchObject(finished);
    expect(toldIn(world)).toMatchObject([
      { tool_call_id: 'c1', content: 'There is no tool publish for you. There are: lookUp, book, announce.' },
      { tool_call_id: 'c2', content: expect.stringMatching(/^The arguments do not fit book: item: /) as string },
      { tool_call_id: 'c3', content: expect.stringMatching(/^The arguments for book are not JSON: /) as string },
    ]);
    expect(calls.map(({ type }) => type)).not.toContain('callToolForModel');
    expect(world.log).toEqual([]);
  });

  it('fails as an answer to the model, which goes on', async () => {
    const world = await worldOf({ small: [toolCalls(['c1', 'lookUp', { key: 'bad tides' }]), draft('On tides.')] });
    expect(await resultOf(world)).toMatchObject(finished);
    expect(toldIn(world)).toMatchObject([
      { role: 'tool', tool_call_id: 'c1', content: 'lookUp failed: There is nothing under bad tides.' },
    ]);
  });

  it('comes to an answer in the transcript, and the history has only where it lies', async () => {
    const world = await worldOf({ small: [toolCalls(['c1', 'lookUp', { key: 'tides' }]), draft('On tides.')] });
    const { read: histories } = await run(world, executionsOf);
    expect(toldIn(world)).toMatchObject([{ role: 'tool', tool_call_id: 'c1', content: '{"value":"value of tides"}' }]);
    const [history] = histories;
    const completed = history!.events!.filter((event) => event.activityTaskCompletedEventAttributes);
    expect(completed).toHaveLength(3);
    expect(JSON.stringify(completed.map(textOf))).toContain('c1');
    expect(JSON.stringify(completed.map(textOf))).not.toContain('value of tides');
  });

  it('is dispatched at once when it is asked at once, each as a call of its own that says what it is', async () => {
    const world = await worldOf({
      small: [
        toolCalls(['c1', 'lookUp', { key: 'a' }], ['c2', 'book', { item: 'b' }], ['c3', 'lookUp', { key: 'bad' }]),
        draft('On tides.'),
      ],
    });
    const { result, read: calls } = await run(world, callsOf);
    expect(result).toMatchObject(finished);
    expect(calls).toEqual([
      { id: 'clerk-1.1.1.1', type: 'callModel', summary: 'clerk · small · tides' },
      { id: 'lookUp-1', type: 'callToolForModel', summary: 'lookUp · tides' },
      { id: 'book-1', type: 'callToolForModel', summary: 'book · tides · compensatable' },
      { id: 'lookUp-2', type: 'callToolForModel', summary: 'lookUp · tides' },
      { id: 'clerk-1.1.1.2', type: 'callModel', summary: 'clerk · small · tides' },
    ]);
    const [, second] = askedOf(world);
    expect(second!.messages.slice(-3).map(({ tool_call_id: id }) => id)).toEqual(['c1', 'c2', 'c3']);
    expect(world.log).toEqual(['book b']);
  });

  it('is the same question at most three times, and then a loop for which the next model is asked', async () => {
    const again = (id: string) => toolCalls([id, 'lookUp', { key: 'k' }]);
    const world = await worldOf({
      small: [again('c1'), again('c2'), again('c3'), again('c4')],
      large: [draft('On tides.')],
    });
    const { result, read: view } = await run(world, viewOf);
    expect(result).toMatchObject(finished);
    expect(askedOf(world).map(({ model }) => model)).toEqual([...Array<string>(4).fill('small-1'), 'large-1']);
    expect(askedOf(world).at(-1)!.messages.at(-1)!.content).toContain(
      'small asked lookUp the same more than 3 times in clerk-1.',
    );
    expect(view.steps.filter(({ name }) => name === 'lookUp')).toHaveLength(3);
  });
});

describe('the last turn that an agent has', () => {
  const askAll = ['a', 'b', 'c', 'd', 'e'].map((key) => toolCalls([`c-${key}`, 'lookUp', { key }]));

  it('offers no tools, says so, and takes the answer', async () => {
    const world = await worldOf({ small: [...askAll, draft('On tides.')] });
    expect(await resultOf(world)).toMatchObject(finished);
    const asked = askedOf(world);
    expect(asked.map(({ tools }) => tools?.length ?? 0)).toEqual([3, 3, 3, 3, 3, 0]);
    expect(asked.at(-1)!.messages.at(-1)!.content).toContain('This is your last turn');
  });

  it('takes no request for a tool any more', async () => {
    const world = await worldOf({
      small: [...askAll, toolCalls(['c6', 'book', { item: 'x' }]), draft('On tides.')],
    });
    expect(await resultOf(world)).toMatchObject(finished);
    expect(askedOf(world)).toHaveLength(7);
    expect(world.log).toEqual([]);
  });

  it('is the last also for the attempts after it', async () => {
    const world = await worldOf({ small: [...askAll, draft('The sea.'), draft('On tides.')] });
    expect(await resultOf(world)).toMatchObject(finished);
    expect(askedOf(world).at(-1)).not.toHaveProperty('tools');
  });
});

describe('an answer that was cut off', () => {
  const cut = { content: '{"text": "On ti', finishReason: 'length' } as const;

  it('is asked for once more, with a larger limit', async () => {
    const world = await worldOf({ small: [cut, draft('On tides.')] });
    expect(await resultOf(world)).toMatchObject(finished);
    expect(askedOf(world).map(({ max_tokens: max }) => max)).toEqual([500, 1_000]);
  });

  it('goes back like any that does not fit when it is cut off again, and then to the next model', async () => {
    const world = await worldOf({ small: [cut, cut, cut], large: [draft('On tides.')] });
    expect(await resultOf(world)).toMatchObject(finished);
    const asked = askedOf(world);
    expect(asked.map(({ model, max_tokens: max }) => `${model} ${max}`)).toEqual([
      ...['small-1 500', 'small-1 1000', 'small-1 1000'],
      'large-1 500',
    ]);
    expect(asked[2]!.messages.at(-1)!.content).toBe('The answer was cut off at 1000 tokens. Give a shorter one.');
  });
});

function textOf({ activityTaskCompletedEventAttributes: completed }: temporal.api.history.v1.IHistoryEvent): string {
  return (completed?.result?.payloads ?? []).map(({ data }) => Buffer.from(data ?? []).toString()).join();
}
