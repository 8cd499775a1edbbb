import * as z from 'zod/mini';
import { days } from '../../../src/contracts/duration';
import { processDefiner } from '../../../src/workflows/engine/define-process';
import { itemsOf } from '../../work/work';
import type { BenchCatalogue } from './catalogue';

const defineProcess = processDefiner<BenchCatalogue>();
const about = { version: '1.0.0', owner: 'bench', objective: 'Be measured.' };
const budget = { costMicroUsdMax: 1_000_000_000, tokensMax: 1_000_000_000, callsMax: 100_000, durationMsMax: days(1) };
const Result = z.strictObject({ text: z.string(), toolCalls: z.int() });
const Pool = { items: z.int(), inFlightMax: z.int(), textBytes: z.int() };

/** Work 1 and 3. */
export const chain = defineProcess({
  ...about,
  name: 'chain',
  budget,
  input: z.strictObject({
    shape: z.strictObject({ kind: z.literal('chain'), steps: z.int(), textBytes: z.int() }),
    text: z.string(),
  }),
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
  input: z.strictObject({
    shape: z.strictObject({ kind: z.literal('fanOut'), agents: z.int(), textBytes: z.int() }),
    text: z.string(),
  }),
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

/** Work 5 in one run. */
export const wide = defineProcess({
  ...about,
  name: 'wide',
  budget,
  input: z.strictObject({ shape: z.strictObject({ kind: z.literal('wide'), ...Pool }), text: z.string() }),
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
  input: z.strictObject({ shape: z.strictObject({ kind: z.literal('children'), ...Pool }), text: z.string() }),
  output: Result,
  async execute(run, input) {
    const concurrencyMax = input.shape.inFlightMax;
    const done = await run.map(itemsOf(input), (text) => run.process(item, { text }), { concurrencyMax });
    return { text: done.at(-1)?.text ?? '', toolCalls: done.length };
  },
});
