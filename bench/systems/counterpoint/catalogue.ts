import * as z from 'zod/mini';
import type { RuleContext } from '../../../src/activities/rules/rule';
import { defineTool } from '../../../src/activities/tools/define-tool';
import { defineAgent } from '../../../src/agents/define-agent';
import { ModelTable } from '../../../src/contracts/model-table';
import type { Verdict } from '../../../src/contracts/verdict';
import { randomText } from '../../work/random-text';

export const Text = z.strictObject({ text: z.string() });
export type Text = z.infer<typeof Text>;

/** What the agents of the works have in common. */
export const card = {
  version: '1.0.0',
  owner: 'bench',
  objective: 'Answer with a text.',
  instructions: 'Answer with a text.',
};
const byModel = { models: ['bench'] } as const;
/** More turns than any work takes. */
const turnsMax = 1_000;

/** The agents of the works: both think with the model of the benchmark, one of them in turns, with a tool. */
export const agents = {
  speaker: defineAgent({ ...card, ...byModel, input: Text, output: Text }),
  reader: {
    ...defineAgent({ ...card, ...byModel, input: Text, output: Text, limits: { turnsMax } }),
    tools: ['page'],
  },
};

/** The effect-free tools of the works. */
export const tools = {
  note: defineTool({
    description: 'Make another text of the same length.',
    effect: 'none',
    input: Text,
    output: Text,
    execute: ({ text }) => Promise.resolve({ text: randomText(text, text.length) }),
  }),
  page: defineTool({
    description: 'Read a page of so many bytes.',
    effect: 'none',
    input: z.strictObject({ key: z.string(), bytes: z.int() }),
    output: Text,
    execute: ({ key, bytes }) => Promise.resolve({ text: randomText(key, bytes) }),
  }),
};

/** The rules of the works that are measured with gates. */
export const rules = {
  saysSomethingElse: ({ text }: Text, { input }: RuleContext<Text>) =>
    Promise.resolve<Verdict>(
      text === input.text ? { verdict: 'retry', feedback: 'Say something else.' } : { verdict: 'accept' },
    ),
};

/** The model of the benchmark. It has room for every work, so that nothing is compacted. */
export const models = ModelTable.parse({
  bench: {
    id: 'bench',
    contextTokens: 10_000_000,
    outputTokensMax: 16_384,
    prices: { input: '0.25', cachedInput: '0.025', output: '2' },
    capabilities: { structuredOutputs: 'schema', toolCalling: true },
  },
});

export interface BenchCatalogue {
  readonly agents: typeof agents;
  readonly tools: typeof tools;
  readonly rules: typeof rules;
}
