import { Agent } from '@openai/agents-core';
import { activityAsTool, TemporalOpenAIRunner } from '@temporalio/openai-agents/workflow';
import type { WorkInput, WorkResult } from '../../work/work';
import { pageTool } from '../../systems/floor/page-tool';
import { activityTuning } from '../../systems/worker-messages';

const instructions = 'Answer with a text.';
const runnerOptions = { defaultModelParams: activityTuning };
const toolOptions = { startToCloseTimeout: activityTuning.startToCloseTimeout };

const note = activityAsTool(
  {
    name: 'note',
    description: 'Make another text of the same length.',
    parameters: {
      type: 'object',
      properties: { text: { type: 'string' } },
      required: ['text'],
      additionalProperties: false,
    },
  },
  toolOptions,
);
const page = activityAsTool(pageTool.function, toolOptions);

/** One model call and the tool call that it asks for, whose result is the agent's output. */
const speaker = new Agent({
  ...{ name: 'speaker', instructions, model: 'bench', tools: [note] },
  toolUseBehavior: 'stop_on_first_tool',
});
/** One model call. */
const planner = new Agent({ name: 'planner', instructions, model: 'bench' });
const reader = new Agent({ name: 'reader', instructions, model: 'bench', tools: [page] });

/** Work 1 and 3. */
export async function chain({ shape, text }: WorkInput<'chain'>): Promise<WorkResult> {
  const runner = new TemporalOpenAIRunner(runnerOptions);
  let last = text;
  for (let step = 0; step < shape.steps; step += 1) last = (await runner.run(speaker, last)).finalOutput ?? '';
  return { text: last, toolCalls: shape.steps };
}

/** Work 2. */
export async function fanOut({ shape, text }: WorkInput<'fanOut'>): Promise<WorkResult> {
  const runner = new TemporalOpenAIRunner(runnerOptions);
  const plan = (await runner.run(planner, text)).finalOutput ?? '';
  const parts = Array.from({ length: shape.agents }, (_, index) => `${index} ${plan}`);
  const answers = await Promise.all(parts.map(async (part) => (await runner.run(speaker, part)).finalOutput ?? ''));
  const synthesis = await runner.run(planner, answers.join('\n'));
  return { text: synthesis.finalOutput ?? '', toolCalls: answers.length };
}

/** Work 4. */
export async function long({ shape, text }: WorkInput<'long'>): Promise<WorkResult> {
  const runner = new TemporalOpenAIRunner(runnerOptions);
  const result = await runner.run(reader, text, { maxTurns: shape.turns + 1 });
  const toolCalls = result.newItems.filter(({ type }) => type === 'tool_call_output_item').length;
  return { text: result.finalOutput ?? '', toolCalls };
}
