import * as z from 'zod/mini';
import { about, defineProcess, texts } from './process-basics';
import { days } from '../../src/contracts/duration';

const topic = z.strictObject({ topic: z.string() });

/** Enough for whatever a test's models do; what limits them is said by the tests of budgets. */
const budget = { costMicroUsdMax: 1_000_000_000, tokensMax: 1_000_000_000, callsMax: 2_000, durationMsMax: days(30) };

/** Has the clerk, who has models and tools, write about a topic. */
export const desk = defineProcess({
  ...about,
  name: 'desk',
  input: topic,
  output: z.string(),
  budget,
  execute: async (run, input) =>
    (await run.agent('clerk', input, { about: input.topic, gates: ['mentionsTopic'] })).text,
});

/** Does without what the clerk writes when the clerk fails. */
export const emptyDesk = defineProcess({
  ...about,
  name: 'emptyDesk',
  input: topic,
  output: z.string(),
  budget,
  execute: (run, input) =>
    run.agent('clerk', input, { about: input.topic }).then(
      ({ text }) => text,
      () => 'nothing',
    ),
});

/** What the clerk writes is signed off by an editor, who may reject it. */
export const office = defineProcess({
  ...about,
  name: 'office',
  input: topic,
  output: z.string(),
  budget,
  async execute(run, input) {
    const draft = await run.agent('clerk', input, { about: input.topic });
    const { value } = await run.approval('editorSignOff', { of: draft, role: 'editor', withinMs: days(2) });
    return value.text;
  },
});

const Topics = z.strictObject({ topics: texts });

/** Has the clerk write about all topics at once, or one after the other, within a budget for few of them. */
function desksWithin(name: string, limits: Partial<typeof budget>, concurrencyMax = 50) {
  return defineProcess({
    ...about,
    name,
    input: Topics,
    output: texts,
    budget: { ...budget, ...limits },
    execute: (run, { topics }) =>
      run.map(topics, async (one) => (await run.agent('clerk', { topic: one }, { about: one })).text, {
        concurrencyMax,
      }),
  });
}

export const desks = desksWithin('desks', {});
export const tokenDesks = desksWithin('tokenDesks', { tokensMax: 100_000 });
export const moneyDesks = desksWithin('moneyDesks', { costMicroUsdMax: 40_000 });
export const callDesks = desksWithin('callDesks', { callsMax: 20 });
export const deskInTurn = desksWithin('deskInTurn', { callsMax: 10 }, 1);
export const briefDesk = desksWithin('briefDesk', { durationMsMax: 2_000 }, 1);

/** Runs desks as children, all at once, within one budget. */
export const bureau = defineProcess({
  ...about,
  name: 'bureau',
  input: z.strictObject({ lists: z.array(texts) }),
  output: z.array(texts),
  budget: { ...budget, tokensMax: 100_000 },
  execute: (run, { lists }) =>
    run.map(lists, (topics) => run.process(desks, { topics }, { about: topics.join() }), { concurrencyMax: 50 }),
});

/** Asks the writer for one essay. */
export const essay = defineProcess({
  ...about,
  name: 'essay',
  input: topic,
  output: z.string(),
  budget,
  async execute(run, input) {
    return (await run.agent('writer', input, { about: input.topic })).text;
  },
});
