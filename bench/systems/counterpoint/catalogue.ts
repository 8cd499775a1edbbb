import * as z from 'zod/mini';
import { defineTool } from '../../../src/activities/tools/define-tool';
import { defineAgent } from '../../../src/agents/define-agent';
import { randomText } from '../../work/random-text';

const Text = z.strictObject({ text: z.string() });
const card = { version: '1.0.0', owner: 'bench', objective: 'Answer with a text.', instructions: 'Answer with a text.' };

/** The agents of the works. The speaker's code asks the model once. */
export const agents = { speaker: defineAgent({ ...card, input: Text, output: Text }) };

/** The effect-free tools of the works. */
export const tools = {
  note: defineTool({
    description: 'Make another text of the same length.',
    effect: 'none',
    input: Text,
    output: Text,
    execute: ({ text }) => Promise.resolve({ text: randomText(text, text.length) }),
  }),
};

export interface BenchCatalogue {
  readonly agents: typeof agents;
  readonly tools: typeof tools;
  readonly rules: Record<never, never>;
}
