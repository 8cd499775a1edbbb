import * as z from 'zod/mini';
import { executionsOf, startEngine, until, type Engine, type RunHandle } from '../../support/engine-world';
import { askedOf, draft, startModelWorld, toolCalls, type ModelWorld } from '../../support/model-world';
import type { ModelScript } from '../../support/model-server';
import { desk } from '../../support/processes';
import { temporal } from '@temporalio/proto';

let engine: Engine;
const opened: ModelWorld[] = [];

beforeAll(async () => {
  engine = await startEngine();
});

afterEach(() => Promise.all(opened.splice(0).map((world) => world.close())));

afterAll(() => engine.stop());

const Text = z.strictObject({ text: z.string() });

/** The clerk's work in three parts, each of which has a name. */
const threeParts = {
  writes: Text,
  open: () => Promise.resolve(['alpha', 'beta', 'gamma'].map((name) => ({ material: name, task: 'Write.' }))),
  join: (written: readonly unknown[]) =>
    Promise.resolve({
      text: z
        .array(Text)
        .parse(written)
        .map(({ text }) => text)
        .join(' '),
    }),
};

type Replies = ModelScript['rules'][number]['replies'];

/** A world in which each part of the work with each model has its replies in turn. */
async function worldOf(replies: Readonly<Record<string, Replies>>): Promise<ModelWorld> {
  const rules = Object.entries(replies).map(([key, inTurn]) => {
    const [model = '', part = ''] = key.split(' ');
    return { when: { model: `${model}-1`, conversation: part }, replies: inTurn, then: 'refuse' as const };
  });
  const world = await startModelWorld({ rules });
  opened.push(world);
  return { ...world, models: { ...world.models, forms: { clerk: threeParts } } };
}

/** Which part was asked for of which model, in the order of asking. */
function askedFor(world: ModelWorld): string[] {
  return askedOf(world).map(({ model, messages }) => {
    const said = messages.map(({ content }) => content ?? '').join(' ');
    return `${model} ${['alpha', 'beta', 'gamma'].find((part) => said.includes(part)) ?? 'none'}`;
  });
}

const quota = { error: { status: 429, code: 'insufficient_quota' } } as const;

describe('the parts of an agent’s work', () => {
  it('are not asked for again when they were accepted and another goes back', async () => {
    const world = await worldOf({
      'small alpha': [draft('On')],
      'small beta': [{ content: { text: 7 } }, draft('tides')],
      'small gamma': [draft('again.')],
    });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(desk, taskQueue, { topic: 'tides' });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'On tides again.' });
    });
    expect(askedFor(world).sort()).toEqual(['small-1 alpha', 'small-1 beta', 'small-1 beta', 'small-1 gamma']);
  });

  it('end when one of them fails, and only then is undone what their tools did, and the next model asked', async () => {
    const world = await worldOf({
      'small alpha': [draft('On')],
      'small beta': [quota],
      'small gamma': [toolCalls(['c1', 'book', { item: 'g' }]), draft('never.')],
      'large alpha': [draft('On')],
      'large beta': [draft('tides')],
      'large gamma': [draft('again.')],
    });
    const slow = heldBook(world);
    await engine.withWorker(world, async (taskQueue) => {
      const handle = (await engine.start(desk, taskQueue, { topic: 'tides' })) as RunHandle<never, string>;
      await slow.begun;
      await until(
        () => executionsOf(handle),
        ([history]) => hasHeardOfFailure(history?.events ?? []),
      );
      expect(askedFor(world).filter((asked) => asked.startsWith('large'))).toEqual([]);
      slow.letEnd();
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'On tides again.', effects: [] });
    });
    expect(world.log).toEqual(['book g', 'undo g']);
    expect(
      askedFor(world)
        .filter((asked) => asked.startsWith('small'))
        .sort(),
    ).toEqual([...['small-1 alpha', 'small-1 beta', 'small-1 gamma']]);
  });
});

/** Has `book` begin, and end when it is let. */
function heldBook({ tools }: ModelWorld) {
  const { book } = tools;
  if (book === undefined) throw new Error('Expected the world to have a tool book.');
  let letEnd = (): void => undefined;
  let begin = (): void => undefined;
  const ended = new Promise<void>((resolve) => (letEnd = resolve));
  const begun = new Promise<void>((resolve) => (begin = resolve));
  tools['book'] = {
    ...book,
    async execute(...given) {
      begin();
      await ended;
      return book.execute(...given);
    },
  };
  return {
    begun,
    letEnd() {
      letEnd();
    },
  };
}

const { EventType } = temporal.api.enums.v1;

function hasHeardOfFailure(events: readonly temporal.api.history.v1.IHistoryEvent[]): boolean {
  const types = events.map(({ eventType }) => Number(eventType));
  const failed = types.indexOf(EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED);
  return failed >= 0 && types.indexOf(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, failed) > failed;
}
