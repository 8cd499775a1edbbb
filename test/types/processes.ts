/** What must not compile, checked by `npm run types`: an error that does not come is an error. */
import * as z from 'zod/mini';
import { defineTool } from '../../src/activities/tools/define-tool';
import { days } from '../../src/contracts/duration';
import type { Verdict } from '../../src/contracts/verdict';
import type { Run } from '../../src/workflows/engine/run';
import type { TestCatalogue } from '../support/catalogue';
import { chain } from '../support/processes';

declare const run: Run<TestCatalogue>;
const topic = { topic: 'rain' };
const accept = (): Verdict => ({ verdict: 'accept' });

export async function steps(): Promise<void> {
  const draft = await run.agent('writer', topic, { gates: ['mentionsTopic', 'critic', accept] });
  draft.text satisfies string;
  // @ts-expect-error -- an output has only the fields of its schema
  draft.title satisfies string;
  // @ts-expect-error -- no such agent
  void run.agent('painter', topic);
  // @ts-expect-error -- the input does not fit the agent's schema
  void run.agent('writer', { topic: 1 });
  // @ts-expect-error -- no such tool
  void run.tool('erase', { key: 'a' });
  // @ts-expect-error -- a tool is no agent
  void run.agent('lookUp', { key: 'a' });
  // @ts-expect-error -- the input does not fit the tool's schema
  void run.tool('lookUp', { item: 'a' });
}

export function gates(): void {
  // @ts-expect-error -- no such rule or reviewer
  void run.agent('writer', topic, { gates: ['isPretty'] });
  // @ts-expect-error -- an agent that gives no Verdict is no gate
  void run.agent('writer', topic, { gates: ['understudy'] });
  const ofTitle = ({ title }: { readonly title: string }): Verdict => ({ verdict: 'retry', feedback: title });
  // @ts-expect-error -- a gate for another output
  void run.agent('writer', topic, { gates: [ofTitle] });
  // @ts-expect-error -- a rule for another output: the critic gives a Verdict without a text
  void run.agent('critic', { objective: '', input: topic, output: { text: '' } }, { gates: ['mentionsTopic'] });
}

export async function approvals(): Promise<void> {
  const signOff = await run.approval('signOff', { of: { text: 'x' }, role: 'editor', withinMs: days(1) });
  signOff.value.text satisfies string;
  // @ts-expect-error -- somebody must be asked
  void run.approval('signOff', { of: { text: 'x' } });
  // @ts-expect-error -- an edit must give what is shown
  void run.approval('signOff', { of: { text: 'x' }, role: 'editor', edit: z.strictObject({ title: z.string() }) });
}

export async function children(): Promise<void> {
  const texts = await run.process(chain, { topics: ['a'] });
  texts satisfies string[];
  // @ts-expect-error -- the input does not fit the child's schema
  void run.process(chain, { topics: 'a' });
  // @ts-expect-error -- a child is passed by value, not by name
  void run.process('chain', { topics: ['a'] });
}

const tool = {
  description: 'Book.',
  input: z.strictObject({ item: z.string() }),
  output: z.strictObject({ booking: z.string() }),
  execute: () => Promise.resolve({ booking: '' }),
};
// @ts-expect-error -- a compensatable tool must say how it is undone
export const notUndone = defineTool({ ...tool, effect: 'compensatable', lookup: () => Promise.resolve(undefined) });
// @ts-expect-error -- a compensatable tool must say whether it happened
export const notFound = defineTool({ ...tool, effect: 'compensatable', compensate: () => Promise.resolve() });
// @ts-expect-error -- a pivot must say who approves it
export const notApproved = defineTool({ ...tool, effect: 'pivot' });
// @ts-expect-error -- a tool must answer what its schema says
export const wrongAnswer = defineTool({ ...tool, effect: 'none', execute: () => Promise.resolve({ title: '' }) });
