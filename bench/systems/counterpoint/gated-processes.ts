import type { Verdict } from '../../../src/contracts/verdict';
import { about, budget, defineProcess, Inputs, Result } from './process-basics';

/** Each output passes a rule beside the agent and a function in the workflow. */
const gates = ['saysSomethingElse' as const, isNotEmpty];
const checked = { gates, attemptsMax: 3 };

function isNotEmpty({ text }: { readonly text: string }): Verdict {
  return text === '' ? { verdict: 'retry', feedback: 'Say something.' } : { verdict: 'accept' };
}

/** Of the order of what a work takes, so that every call is weighed against what is left. */
const tightBudget = { ...budget, costMicroUsdMax: 20_000_000, tokensMax: 20_000_000, callsMax: 1_000 };

/** Work 1 with gates. */
export const chain = defineProcess({
  ...about,
  name: 'chain',
  budget: tightBudget,
  input: Inputs.chain,
  output: Result,
  async execute(run, { shape, text }) {
    let last = { text };
    for (let step = 0; step < shape.steps; step += 1) {
      last = await run.tool('note', await run.agent('speaker', last, checked));
    }
    return { ...last, toolCalls: shape.steps };
  },
});

/** Work 2 with gates. */
export const fanOut = defineProcess({
  ...about,
  name: 'fanOut',
  budget: tightBudget,
  input: Inputs.fanOut,
  output: Result,
  async execute(run, { shape, text }) {
    const plan = await run.agent('speaker', { text }, checked);
    const parts = Array.from({ length: shape.agents }, (_, index) => `${index} ${plan.text}`);
    const answers = await Promise.all(
      parts.map(async (part) => run.tool('note', await run.agent('speaker', { text: part }, checked))),
    );
    const synthesis = await run.agent('speaker', { text: answers.map((answer) => answer.text).join('\n') }, checked);
    return { ...synthesis, toolCalls: answers.length };
  },
});
