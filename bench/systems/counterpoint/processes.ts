import * as z from 'zod/mini';
import { itemsOf } from '../../work/work';
import { about, budget, defineProcess, Inputs, Result } from './process-basics';

export { revised } from './revised';

/** Work 1 and 3. */
export const chain = defineProcess({
  ...about,
  name: 'chain',
  budget,
  input: Inputs.chain,
  output: Result,
  async execute(run, { shape, text }) {
    let last = { text };
    for (let step = 0; step < shape.steps; step += 1) last = await run.tool('note', await run.agent('speaker', last));
    return { ...last, toolCalls: shape.steps };
  },
});

/** Work 2. */
export const fanOut = defineProcess({
  ...about,
  name: 'fanOut',
  budget,
  input: Inputs.fanOut,
  output: Result,
  async execute(run, { shape, text }) {
    const plan = await run.agent('speaker', { text });
    const parts = Array.from({ length: shape.agents }, (_, index) => `${index} ${plan.text}`);
    const answers = await Promise.all(
      parts.map(async (part) => run.tool('note', await run.agent('speaker', { text: part }))),
    );
    const synthesis = await run.agent('speaker', { text: answers.map((answer) => answer.text).join('\n') });
    return { ...synthesis, toolCalls: answers.length };
  },
});

/** Work 4. The model ends only when so many tools have answered, and the benchmark counts its calls. */
export const long = defineProcess({
  ...about,
  name: 'long',
  budget,
  input: Inputs.long,
  output: Result,
  execute: async (run, { shape, text }) => ({ ...(await run.agent('reader', { text })), toolCalls: shape.turns }),
});

/** Work 5 in one run. */
export const wide = defineProcess({
  ...about,
  name: 'wide',
  budget,
  input: Inputs.wide,
  output: Result,
  async execute(run, input) {
    const concurrencyMax = input.shape.inFlightMax;
    const done = await run.map(itemsOf(input), (text) => run.tool('note', { text }), { concurrencyMax });
    return { text: done.at(-1)?.text ?? '', toolCalls: done.length };
  },
});

/** The child of one item. */
export const item = defineProcess({
  ...about,
  name: 'item',
  budget: { ...budget, callsMax: 10 },
  input: z.strictObject({ text: z.string() }),
  output: z.strictObject({ text: z.string() }),
  execute: (run, { text }) => run.tool('note', { text }),
});

/** Work 5 with a child for each item. */
export const children = defineProcess({
  ...about,
  name: 'children',
  budget,
  input: Inputs.children,
  output: Result,
  async execute(run, input) {
    const concurrencyMax = input.shape.inFlightMax;
    const done = await run.map(itemsOf(input), (text) => run.process(item, { text }), { concurrencyMax });
    return { text: done.at(-1)?.text ?? '', toolCalls: done.length };
  },
});
