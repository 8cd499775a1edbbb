/** What a process's definition must not say, checked by `npm run types`: an error that does not come is an error. */
import * as z from 'zod/mini';
import type { Verdict } from '../../src/contracts/verdict';
import { processDefiner } from '../../src/workflows/engine/define-process';
import type { Run } from '../../src/workflows/engine/run';
import type { TestCatalogue } from '../support/catalogue';
import { chain } from '../support/processes';

const defineProcess = processDefiner<TestCatalogue>();
const process = {
  ...{ name: 'p', version: '1', owner: 'tests', objective: 'Compile.' },
  input: z.strictObject({ item: z.string() }),
  output: z.strictObject({ text: z.string() }),
};
const budget = { costMicroUsdMax: 1, tokensMax: 1, callsMax: 1, durationMsMax: 1 };

export const processes = [
  defineProcess({ ...process, budget, execute: (run, { item }) => run.agent('writer', { topic: item }) }),
  // @ts-expect-error -- the process returns what its output does not allow
  defineProcess({ ...process, budget, execute: (run, { item }) => run.tool('lookUp', { key: item }) }),
  // @ts-expect-error -- the input has no such field
  defineProcess({ ...process, budget, execute: (run, input) => run.agent('writer', { topic: input.topic as string }) }),
  // @ts-expect-error -- a process has a budget
  defineProcess({ ...process, execute: (run, { item }) => run.agent('writer', { topic: item }) }),
];

interface WithRuleForOthers extends TestCatalogue {
  readonly rules: TestCatalogue['rules'] & {
    readonly addsUp: (output: { readonly sum: number }) => Promise<Verdict>;
  };
}

export async function answersAreTyped(run: Run<WithRuleForOthers>): Promise<void> {
  // @ts-expect-error -- a rule for the output of others
  await run.agent('writer', { topic: 't' }, { gates: ['addsUp'] });
  // @ts-expect-error -- the input has a field too many
  await run.agent('writer', { topic: 't', tone: 'calm' });
  // @ts-expect-error -- the tool's output has no such field
  (await run.tool('lookUp', { key: 'k' })).values satisfies unknown;
  // @ts-expect-error -- what is decided on has no such field
  (await run.approval('signOff', { of: { text: 'x' }, role: 'editor' })).value.words satisfies unknown;
  // @ts-expect-error -- the child gives texts
  (await run.process(chain, { topics: ['a'] })) satisfies number[];
}
