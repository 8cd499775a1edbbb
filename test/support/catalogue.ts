import * as z from 'zod/mini';
import { defineAgent } from '../../src/agents/define-agent';
import type { RuleContext } from '../../src/activities/rules/rule';
import { defineTool } from '../../src/activities/tools/define-tool';
import { failure } from '../../src/contracts/failures';
import { Verdict } from '../../src/contracts/verdict';

const draft = z.strictObject({ text: z.string() });
const topic = z.strictObject({ topic: z.string() });

/** Agents that models answer for, where a test has models. */
const byModel = { models: ['small', 'large'], escalateTo: 'editor' } as const;
const about = { version: '1.0.0', owner: 'tests', objective: 'Write about a topic.', instructions: 'Write.' };

/** Small agents, tools and rules for tests of the engine; what they do is up to each test's world. */
export const agents = {
  writer: defineAgent({ ...about, input: topic, output: draft, fallback: 'understudy', escalateTo: 'editor' }),
  understudy: defineAgent({ ...about, input: topic, output: draft, attemptsMax: 1 }),
  soloist: defineAgent({ ...about, input: topic, output: draft, escalateTo: 'editor', models: ['code', 'code-2'] }),
  clerk: {
    ...defineAgent({
      ...{ ...about, ...byModel, input: topic, output: draft },
      limits: { turnsMax: 6, outputTokensMax: 500 },
    }),
    tools: ['lookUp', 'book', 'announce'],
  },
  critic: defineAgent({
    ...about,
    input: z.strictObject({ objective: z.string(), input: topic, output: draft }),
    output: Verdict,
    isReviewer: true,
  }),
};

export const tools = {
  lookUp: defineTool({
    description: 'Look a key up.',
    effect: 'none',
    input: z.strictObject({ key: z.string() }),
    output: z.strictObject({ value: z.string() }),
    execute: ({ key }) =>
      key.startsWith('bad')
        ? Promise.reject(failure('DocumentUnreadable', `There is nothing under ${key}.`))
        : Promise.resolve({ value: `value of ${key}` }),
  }),
  book: defineTool({
    description: 'Book an item.',
    effect: 'compensatable',
    input: z.strictObject({ item: z.string() }),
    output: z.strictObject({ booking: z.string() }),
    execute: ({ item }, { idempotencyKey }) => Promise.resolve({ booking: `${item} ${idempotencyKey.slice(0, 8)}` }),
    compensate: () => Promise.resolve(),
    lookup: () => Promise.resolve(undefined),
  }),
  announce: defineTool({
    description: 'Announce something, for good.',
    effect: 'pivot',
    approvedBy: 'speaker',
    input: z.strictObject({ item: z.string() }),
    output: z.strictObject({ booking: z.string() }),
    execute: ({ item }) => Promise.resolve({ booking: item }),
    lookup: () => Promise.resolve(undefined),
  }),
  shout: defineTool({
    description: 'Shout something: nobody can tell afterwards whether it was.',
    effect: 'pivot',
    approvedBy: 'speaker',
    input: z.strictObject({ item: z.string() }),
    output: z.strictObject({ booking: z.string() }),
    execute: ({ item }) => Promise.resolve({ booking: item }),
  }),
};

export const rules = {
  mentionsTopic: (output: { readonly text: string }, { input }: RuleContext<{ readonly topic: string }>) =>
    Promise.resolve<Verdict>(
      output.text.includes(input.topic)
        ? { verdict: 'accept' }
        : { verdict: 'retry', feedback: `Mention ${input.topic}.` },
    ),
};

export interface TestCatalogue {
  readonly agents: typeof agents;
  readonly tools: typeof tools;
  readonly rules: typeof rules;
}
