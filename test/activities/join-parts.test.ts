import * as z from 'zod/mini';
import { joinParts } from '../../src/activities/join-parts';
import type { AgentForm } from '../../src/activities/models/agent-form';
import type { agents } from '../support/catalogue';
import { startAsking, takeTurn, type Asking } from '../support/asking-models';

/** A writer whose essay is made of lines, each about a word of its topic. */
const Line = z.strictObject({ line: z.string() });
const lines: AgentForm<(typeof agents)['writer'], typeof Line> = {
  writes: Line,
  open: ({ topic }) => Promise.resolve(topic.split(' ').map((word) => ({ material: word, task: 'Write a line.' }))),
  faultOf: ({ part, value }, { topic }) => {
    const word = topic.split(' ')[part] ?? '';
    return Promise.resolve(value.line.includes(word) ? undefined : `Name ${word}.`);
  },
  join: (written) => Promise.resolve({ text: written.map(({ line }) => line).join('\n') }),
};

let world: Asking | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function written(...contents: unknown[]): Promise<{ asking: Asking; heads: string[]; gates: unknown[] }> {
  const replies = contents.map((content) => ({ content: content as Record<string, string> }));
  const asking = (world = await startAsking(replies, { forms: { writer: lines } }));
  const heads: string[] = [];
  const gates: unknown[] = [];
  for (const part of contents.keys()) {
    const conversation = { input: { topic: 'ebb flow' }, feedback: [], part };
    const { head, decision } = await takeTurn(asking, { conversation });
    heads.push(head!);
    gates.push(decision);
  }
  return { asking, heads, gates };
}

const call = { agent: 'writer', model: 'small', rules: [] };

describe('the parts of an agent’s work', () => {
  it('are held one by one, and give no output of their own', async () => {
    const { gates } = await written({ line: 'No water.' }, { line: 'The flow.' });
    expect(gates).toEqual([
      {
        ...{ type: 'output', output: null, gate: 'form', parts: 2 },
        verdict: { verdict: 'retry', feedback: 'Name ebb.' },
      },
      { type: 'output', output: null, gate: 'schema', verdict: { verdict: 'accept' }, parts: 2 },
    ]);
  });

  it.each([
    ['one is missing', (heads: string[]) => heads.slice(1)],
    ['they are out of order', (heads: string[]) => heads.toReversed()],
    ['there are none', () => []],
  ])('are not joined when %s', async (_what, change) => {
    const { asking, heads } = await written({ line: 'The ebb.' }, { line: 'The flow.' });
    await expect(joinParts(asking.calling, { ...call, heads: change(heads) })).rejects.toMatchObject({
      type: 'StepFailed',
    });
  });

  it('are not joined when one has no output', async () => {
    const { asking, heads } = await written({ line: 'The ebb.' }, { lines: 2 });
    await expect(joinParts(asking.calling, { ...call, heads })).rejects.toMatchObject({ type: 'StepFailed' });
  });

  it('are joined into one output, which is held like any other', async () => {
    const { asking, heads } = await written({ line: 'The ebb.' }, { line: 'The flow.' });
    const answer = { output: { text: 'The ebb.\nThe flow.' }, usage: { tokens: 0, costMicroUsd: 0, calls: 1 } };
    expect(await joinParts(asking.calling, { ...call, heads })).toEqual({
      ...{ ...answer, gate: 'schema', verdict: { verdict: 'accept' } },
    });
    expect(await joinParts(asking.calling, { ...call, heads, rules: ['mentionsTopic'] })).toEqual({
      ...{ ...answer, gate: 'mentionsTopic', verdict: { verdict: 'retry', feedback: 'Mention ebb flow.' } },
    });
  });
});
