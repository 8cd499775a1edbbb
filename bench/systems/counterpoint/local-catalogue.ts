import { defineTool } from '../../../src/activities/tools/define-tool';
import { defineAgent } from '../../../src/agents/define-agent';
import { randomText } from '../../work/random-text';
import { card, Text, tools as ordinary } from './catalogue';

/** The agent of chains, whose own code answers with as many bytes as the model does. */
export const agents = { speaker: defineAgent({ ...card, isQuick: true, input: Text, output: Text }) };

export const codeAgents = {
  speaker: ({ text }: Text) => Promise.resolve({ text: randomText(`on ${text}`, text.length) }),
};

/** The tool of chains, called in place. */
export const tools = { note: defineTool({ ...ordinary.note, effect: 'none', isQuick: true }) };
