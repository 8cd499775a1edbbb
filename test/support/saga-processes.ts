import * as z from 'zod/mini';
import { failure } from '../../src/contracts/failures';
import { days } from '../../src/contracts/duration';
import { about, budget, defineProcess, texts } from './process-basics';

/** Writes about two topics in parallel, books each text, summarises, has it signed off, and books the summary. */
export const branches = defineProcess({
  ...about,
  name: 'branches',
  input: z.strictObject({ topics: texts }),
  output: z.string(),
  budget,
  async execute(run, { topics }) {
    const booked = await run.map(topics, async (topic) => {
      const { text } = await run.agent('writer', { topic }, { about: topic });
      return (await run.tool('book', { item: text }, { about: topic })).booking;
    });
    const summary = await run.agent('writer', { topic: booked.join('+') }, { about: 'summary' });
    const signOff = await run.approval('editorSignOff', { of: summary, role: 'editor' });
    return (await run.tool('book', { item: signOff.value.text }, { about: 'summary' })).booking;
  },
});

/** Books an item and announces it while a sibling is signed off. */
export const announcement = defineProcess({
  ...about,
  name: 'announcement',
  input: z.strictObject({ tool: z.enum(['announce', 'shout']) }),
  output: z.string(),
  budget,
  async execute(run, { tool }) {
    const [announced] = await Promise.all([
      (async () => {
        await run.tool('book', { item: 'hall' });
        return run.tool(tool, { item: 'party' });
      })(),
      run.approval('editorSignOff', { of: 'the party', role: 'editor' }),
    ]);
    return announced.booking;
  },
});

/** Looks a speech up, has it signed off, and then shouts or announces it for good. */
export const proclamation = defineProcess({
  ...about,
  name: 'proclamation',
  input: z.strictObject({ tool: z.enum(['announce', 'shout']), key: z.string() }),
  output: z.string(),
  budget,
  async execute(run, { tool, key }) {
    const { value } = await run.tool('lookUp', { key });
    await run.approval('editorSignOff', { of: key, role: 'editor' });
    return (await run.tool(tool, { item: value })).booking;
  },
});

/** Books items one after the other, and goes on without those that are refused; then fails if it is told to. */
export const bookings = defineProcess({
  ...about,
  name: 'bookings',
  input: z.strictObject({ items: texts, endsWell: z.boolean() }),
  output: texts,
  budget,
  async execute(run, { items, endsWell }) {
    const booked: string[] = [];
    for (const item of items) {
      try {
        booked.push((await run.tool('book', { item })).booking);
      } catch (error) {
        run.leaveOut(item, error instanceof Error ? error.name : 'unknown');
      }
    }
    if (!endsWell) throw failure('StepFailed', 'It was told to fail.');
    return booked;
  },
});

/** Books through children, then has the whole signed off. */
export const household = defineProcess({
  ...about,
  name: 'household',
  input: z.strictObject({ lists: z.array(texts) }),
  output: z.array(texts),
  budget,
  async execute(run, { lists }) {
    const wishes = await run.agent('writer', { topic: 'wishes' });
    const booked = await run.map(lists, (items) =>
      run.process(bookings, { items: [...items, wishes.text], endsWell: true }, { about: items.join() }),
    );
    await run.approval('editorSignOff', { of: booked, role: 'editor', withinMs: days(3) });
    return booked;
  },
});

/** Announces a party, as a child. */
export const announcer = defineProcess({
  ...about,
  name: 'announcer',
  input: z.strictObject({}),
  output: z.string(),
  budget,
  async execute(run) {
    await run.tool('book', { item: 'hall' });
    return (await run.tool('announce', { item: 'party' })).booking;
  },
});

/** Has a child announce a party while a sibling is signed off. */
export const festival = defineProcess({
  ...about,
  name: 'festival',
  input: z.strictObject({}),
  output: z.string(),
  budget,
  async execute(run) {
    const [announced] = await Promise.all([
      run.process(announcer, {}),
      run.approval('editorSignOff', { of: 'the party', role: 'editor' }),
    ]);
    return announced;
  },
});

/** Shouts, and makes do with less when that fails. */
export const undaunted = defineProcess({
  ...about,
  name: 'undaunted',
  input: z.strictObject({}),
  output: z.string(),
  budget,
  async execute(run) {
    try {
      return (await run.tool('shout', { item: 'party' })).booking;
    } catch {
      return 'a quiet party';
    }
  },
});

/** Announces what it writes, as a child. */
export const speaker = defineProcess({
  ...about,
  name: 'speaker',
  input: z.strictObject({}),
  output: z.string(),
  budget,
  async execute(run) {
    const { text } = await run.agent('writer', { topic: 'speech' });
    return (await run.tool('announce', { item: text })).booking;
  },
});

/** Shouts while a child announces something and a sibling is signed off. */
export const gala = defineProcess({
  ...about,
  name: 'gala',
  input: z.strictObject({}),
  output: z.string(),
  budget,
  async execute(run) {
    const [announced] = await Promise.all([
      run.process(speaker, {}),
      run.approval('editorSignOff', { of: 'the gala', role: 'editor' }),
      run.tool('shout', { item: 'gala' }),
    ]);
    return announced;
  },
});

/** Looks things up, one after the other, while a child announces a party. */
export const lookout = defineProcess({
  ...about,
  name: 'lookout',
  input: z.strictObject({ keys: texts }),
  output: z.string(),
  budget,
  async execute(run, { keys }) {
    const lookUpAll = async () => {
      for (const key of keys) await run.tool('lookUp', { key });
    };
    const [announced] = await Promise.all([run.process(announcer, {}), lookUpAll()]);
    return announced;
  },
});
