import { defineTool } from '../../../src/activities/tools/define-tool';
import { defineAgent } from '../../../src/agents/define-agent';
import { randomText } from '../../work/random-text';
import { card, Text } from './catalogue';

/** An agent whose own code answers, as many bytes as the model does. */
export const agents = { speaker: defineAgent({ ...card, isQuick: true, input: Text, output: Text }) };

export const codeAgents = {
  speaker: ({ text }: Text) => Promise.resolve({ text: randomText(`on ${text}`, text.length) }),
};

/** The same tool as the other systems'. */
export const tools = {
  note: defineTool({
    description: 'Make another text of the same length.',
    effect: 'none',
    isQuick: true,
    input: Text,
    output: Text,
    execute: ({ text }) => Promise.resolve({ text: randomText(text, text.length) }),
  }),
};

export const rules = {};

export interface LocalCatalogue {
  readonly agents: typeof agents;
  readonly tools: typeof tools;
  readonly rules: typeof rules;
}
