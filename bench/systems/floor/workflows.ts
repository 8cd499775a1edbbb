import { continueAsNew, executeChild, proxyActivities, workflowInfo } from '@temporalio/workflow';
import { itemsOf, type WorkInput, type WorkResult } from '../../work/work';
import { activityTuning } from '../worker-messages';
import type { FloorActivities } from './activities';

const { callModel, note, begin, turn, page } = proxyActivities<FloorActivities>(activityTuning);

const instructions = 'Answer with a text.';
/** Children after which the parent continues as new, so that its history stays under 10,000 events. */
const childrenPerExecutionMax = 1_000;

/** Work 1 and 3. */
export async function chain({ shape, text }: WorkInput<'chain'>): Promise<WorkResult> {
  let last = text;
  for (let step = 0; step < shape.steps; step += 1) last = await answerAndNote(last);
  return { text: last, toolCalls: shape.steps };
}

async function answerAndNote(text: string): Promise<string> {
  const answer = await callModel({ instructions, text });
  return (await note(answer)).text;
}

/** Work 2. */
export async function fanOut({ shape, text }: WorkInput<'fanOut'>): Promise<WorkResult> {
  const plan = await callModel({ instructions, text });
  const parts = Array.from({ length: shape.agents }, (_, index) => `${index} ${plan.text}`);
  const answers = await Promise.all(parts.map(answerAndNote));
  const synthesis = await callModel({ instructions, text: answers.join('\n') });
  return { text: synthesis.text, toolCalls: answers.length };
}

/** Work 4: the transcript is in a store, as in any such loop that is to survive its two-hundredth turn. */
export async function long({ text }: WorkInput<'long'>): Promise<WorkResult> {
  let conversation = await begin(workflowInfo().workflowId, text);
  for (let toolCalls = 0; ; toolCalls += 1) {
    const answer = await turn(conversation);
    if ('text' in answer.turn) return { text: answer.turn.text, toolCalls };
    conversation = await page(answer.conversation, answer.turn.tool);
  }
}

/** Work 5 in one run. */
export async function wide(input: WorkInput<'wide'>): Promise<WorkResult> {
  const done = await pool(itemsOf(input), input.shape.inFlightMax, (text) => note({ text }));
  return { text: done.at(-1)?.text ?? '', toolCalls: done.length };
}

/** Work 5 with a child for each item. */
export async function children(input: WorkInput<'children'>, before = 0): Promise<WorkResult> {
  const items = itemsOf(input).slice(before, before + childrenPerExecutionMax);
  const done = await pool(items, input.shape.inFlightMax, (text) => executeChild(item, { args: [text] }));
  const toolCalls = before + done.length;
  if (toolCalls < input.shape.items) await continueAsNew<typeof children>(input, toolCalls);
  return { text: done.at(-1)?.text ?? '', toolCalls };
}

/** The child of one item. */
export function item(text: string): Promise<{ readonly text: string }> {
  return note({ text });
}

async function pool<Item, Result>(
  items: readonly Item[],
  inFlightMax: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const take = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as Item); // the index is within the list
    }
  };
  await Promise.all(Array.from({ length: inFlightMax }, take));
  return results;
}
