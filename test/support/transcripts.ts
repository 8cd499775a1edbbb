import type { TranscriptNode } from '../../src/contracts/transcript';

/** The opening of a transcript in which an agent is asked something. */
export function opening(text: string): Extract<TranscriptNode, { kind: 'opening' }> {
  return {
    ...{ kind: 'opening', agent: 'termReader', version: '1.0.0', model: 'small', input: { text }, part: 0, parts: 1 },
    messages: [
      { role: 'system', text: 'Read the terms.' },
      { role: 'user', text },
    ],
  };
}

/** A turn in which a model writes a text and asks for no tool. */
export function turn(parent: string, said: string, answer: string): Extract<TranscriptNode, { kind: 'turn' }> {
  return {
    ...{ kind: 'turn', parent, said: [{ role: 'user', text: said }] },
    answer: { role: 'assistant', text: answer, requests: [] },
    tokens: { input: 100, cachedInput: 40, output: 10 },
  };
}
