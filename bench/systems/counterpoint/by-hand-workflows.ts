import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { EngineActivities } from '../../../src/contracts/activities';
import type { WorkInput, WorkResult } from '../../work/work';
import { activityTuning } from '../worker-messages';
import type { Text } from './catalogue';

const { callModel, callTool } = proxyActivities<EngineActivities>(activityTuning);

const limits = { inputTokensMax: 1_000_000, outputTokensMax: 4_096 };

/** Work 1 and 3. */
export async function chain({ shape, text }: WorkInput<'chain'>): Promise<WorkResult> {
  let last: Text = { text };
  for (let step = 0; step < shape.steps; step += 1) last = await note(await speak(last), step);
  return { ...last, toolCalls: shape.steps };
}

/** Work 2. */
export async function fanOut({ shape, text }: WorkInput<'fanOut'>): Promise<WorkResult> {
  const plan = await speak({ text });
  const parts = Array.from({ length: shape.agents }, (_, index) => `${index} ${plan.text}`);
  const answers = await Promise.all(parts.map(async (part, index) => note(await speak({ text: part }), index)));
  const synthesis = await speak({ text: answers.map((answer) => answer.text).join('\n') });
  return { ...synthesis, toolCalls: answers.length };
}

async function speak(input: Text): Promise<Text> {
  const { decision } = await callModel({
    ...{ agent: 'speaker', model: 'bench', conversation: { input, feedback: [], part: 0 }, rules: [], limits },
    ...{ isLastTurn: false, hasAlternative: false },
  });
  if (decision.type !== 'output') throw new Error(`Expected an output, got ${decision.type}.`);
  return decision.output as Text; // the activity has held it against the agent's schema
}

async function note(input: Text, index: number): Promise<Text> {
  const idempotencyKey = `${workflowInfo().workflowId}/${index}`;
  return (await callTool({ tool: 'note', input, idempotencyKey })) as Text; // as above, against the tool's
}
