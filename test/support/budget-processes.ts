import * as z from 'zod/mini';
import { hours } from '../../src/contracts/duration';
import { about, budget, defineProcess, texts } from './process-basics';

/** Books a hall, then asks the writer about all topics at once: more of them than its budget may have calls. */
export const crowd = defineProcess({
  ...about,
  name: 'crowd',
  input: z.strictObject({ topics: texts }),
  output: texts,
  budget: { ...budget, callsMax: 20 },
  async execute(run, { topics }) {
    await run.tool('book', { item: 'hall' });
    return run.map(topics, async (topic) => (await run.agent('writer', { topic }, { about: topic })).text, {
      concurrencyMax: 50,
    });
  },
});

/** The same, and a clock beside it that goes on asking while the writers wait. */
export const clockedCrowd = defineProcess({
  ...about,
  name: 'clockedCrowd',
  input: z.strictObject({ topics: texts }),
  output: texts,
  budget: { ...budget, callsMax: 20 },
  async execute(run, { topics }) {
    await run.tool('book', { item: 'hall' });
    const clock = async () => {
      await run.sleep(hours(1), { about: 'a pause' });
      return run.now();
    };
    const write = () =>
      run.map(topics, async (topic) => (await run.agent('writer', { topic }, { about: topic })).text, {
        concurrencyMax: 50,
      });
    const [written] = await Promise.all([write(), clock()]);
    return written;
  },
});

/** Asks the writer about topics, a few at once; its own budget is larger than what its parent can let it have. */
export const crew = defineProcess({
  ...about,
  name: 'crew',
  input: z.strictObject({ topics: texts }),
  output: texts,
  budget: { ...budget, callsMax: 100 },
  execute: (run, { topics }) => run.map(topics, async (topic) => (await run.agent('writer', { topic })).text),
});

/** Runs crews as children, all at once. */
export const clan = defineProcess({
  ...about,
  name: 'clan',
  input: z.strictObject({ lists: z.array(texts) }),
  output: z.array(texts),
  budget: { ...budget, callsMax: 20 },
  async execute(run, { lists }) {
    await run.tool('book', { item: 'hall' });
    return run.map(lists, (topics) => run.process(crew, { topics }, { about: topics.join() }));
  },
});

/** A child with a small budget of its own. */
export const miser = defineProcess({
  ...about,
  name: 'miser',
  input: z.strictObject({ topics: texts }),
  output: texts,
  budget: { ...budget, callsMax: 2 },
  execute: (run, { topics }) => run.map(topics, async (topic) => (await run.agent('writer', { topic })).text),
});

/** Runs a miser as a child. */
export const patron = defineProcess({
  ...about,
  name: 'patron',
  input: z.strictObject({ topics: texts }),
  output: texts,
  budget,
  execute: (run, { topics }) => run.process(miser, { topics }),
});

/** Announces what the writer makes of an item. */
export const herald = defineProcess({
  ...about,
  name: 'herald',
  input: z.strictObject({ item: z.string() }),
  output: z.string(),
  budget,
  async execute(run, { item }) {
    const { text } = await run.agent('writer', { topic: item });
    return (await run.tool('announce', { item: text })).booking;
  },
});

/** Runs heralds as children, who hold what they announce until all are quiet. */
export const heralds = defineProcess({
  ...about,
  name: 'heralds',
  input: z.strictObject({ items: texts }),
  output: texts,
  budget: { ...budget, callsMax: 9 },
  execute: (run, { items }) => run.map(items, (item) => run.process(herald, { item }, { about: item })),
});
