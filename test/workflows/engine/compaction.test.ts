import { journalOf, viewRun } from '../../../src/client/runs';
import { stepTranscript } from '../../../src/client/transcript/step-transcript';
import { decideNext, viewOf, waiting } from '../../support/deciding';
import { startEngine, type Engine, type RunHandle } from '../../support/engine-world';
import { askedOf, draft, startModelWorld, toolCalls, type ModelWorld, type WireAsk } from '../../support/model-world';
import type { ModelScript } from '../../support/model-server';
import { desk } from '../../support/processes';

let engine: Engine;
const opened: ModelWorld[] = [];

beforeAll(async () => {
  engine = await startEngine();
});

afterEach(() => Promise.all(opened.splice(0).map((world) => world.close())));

afterAll(() => engine.stop());

/** A context that holds one long question with its answer, and not two. */
const contextTokens = 9_000;
const longKey = (about: string) => `${about} `.padEnd(9_000, 'It rained. ');
const asksTwice = [
  toolCalls(['c1', 'lookUp', { key: longKey('High water is at noon.') }]),
  toolCalls(['c2', 'lookUp', { key: longKey('Low water is at six.') }]),
];
const nothing = { decisions: [], facts: [], done: [], open: [] };
const fact = { fact: 'High water is at noon.', source: 'lookUp', quote: 'High water is at noon.' };
const usage = { promptTokens: 4_000, completionTokens: 100 };

type Replies = ModelScript['rules'][number]['replies'];

/** The replies of each model, to the clerk's conversation and to requests for a summary. */
async function worldOf(replies: Readonly<Record<string, { readonly clerk: Replies; readonly summaries: Replies }>>) {
  const rules = Object.entries(replies).flatMap(([name, { clerk, summaries }]) => [
    { when: { model: `${name}-1`, system: 'You shorten the record' }, replies: summaries, then: 'refuse' as const },
    { when: { model: `${name}-1` }, replies: clerk, then: 'refuse' as const },
  ]);
  const world = await startModelWorld({ rules, contextTokens });
  opened.push(world);
  return world;
}

function run(world: ModelWorld, work: (handle: RunHandle) => Promise<void>): Promise<void> {
  return engine.withWorker(world, async (taskQueue) => work(await engine.start(desk, taskQueue, { topic: 'tides' })));
}

const isSummary = ({ messages }: WireAsk) => messages[0]?.content?.startsWith('You shorten the record') === true;

/** What each request was for, and whether it was answered. */
function requestsOf(world: ModelWorld): string[] {
  return askedOf(world).map((asked, at) => {
    const { status } = world.server.requests[at]!;
    return `${asked.model} ${isSummary(asked) ? 'summary' : 'turn'} ${status}`;
  });
}

const tooLong = (model: string) => [
  ...[`${model}-1 turn 200`, `${model}-1 turn 200`, `${model}-1 turn 400`],
  ...[`${model}-1 summary 400`, `${model}-1 summary 200`, `${model}-1 summary 200`],
];

describe('a conversation that is too long for its model', () => {
  it('goes to the next model, and then to a person, when no model gives a summary that can count', async () => {
    const clerk = asksTwice;
    const world = await worldOf({
      small: {
        clerk,
        summaries: [
          { content: 'They spoke of tides.', usage },
          { content: 'Tides!', usage },
        ],
      },
      large: {
        clerk,
        summaries: [
          { content: nothing, usage },
          { content: nothing, usage },
        ],
      },
    });
    await run(world, async (handle) => {
      const { subject } = await waiting(handle, ({ step }) => step === 'clerkEscalation-1');
      expect(subject).toMatchObject({ output: null, feedback: expect.stringContaining('is empty') as string });
      expect(requestsOf(world)).toEqual([...tooLong('small'), ...tooLong('large')]);
      await decideNext(handle, 'edit', { value: { text: 'On tides, by hand.' } });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'On tides, by hand.' });
      const { steps } = await viewOf(handle);
      const { attempts } = steps.find(({ step }) => step === 'clerk-1')!;
      expect(attempts.map(({ by }) => by)).toEqual(['clerk/small', 'clerk/large', 'person:ada']);
      // What the refused summaries took is counted: two of 4,100 tokens each.
      for (const { usage: spent } of attempts.slice(0, 2)) expect(spent!.tokens).toBeGreaterThan(8_200);
    });
    expect(askedOf(world)).toHaveLength(12);
  });

  it('is given up with its model when it is too long again right after it was summarised', async () => {
    const answers = [{ content: { ...nothing, facts: [fact] } }, { content: { ...nothing, done: ['Low water.'] } }];
    const stillTooLong = { error: { status: 400, code: 'context_length_exceeded' } };
    const world = await worldOf({
      small: { clerk: [...asksTwice, stillTooLong], summaries: answers },
      large: { clerk: [draft('On tides.')], summaries: answers },
    });
    await run(world, async (handle) => {
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'On tides.' });
    });
    expect(requestsOf(world)).toEqual([...tooLong('small'), 'small-1 turn 400', 'large-1 turn 200']);
  });

  it('is summarised by it and goes on to an output, and all that was said can still be read', async () => {
    const answers = [
      { content: { ...nothing, facts: [fact] } },
      { content: { ...nothing, open: ['Write of tides.'] } },
    ];
    const world = await worldOf({ small: { clerk: [...asksTwice, draft('On tides.')], summaries: answers } });
    await run(world, async (handle) => {
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'On tides.' });
      expect(requestsOf(world)).toEqual([...tooLong('small'), 'small-1 turn 200']);
      const { messages } = askedOf(world).at(-1)!;
      expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool']);
      expect(messages[1]?.content).toContain('“High water is at noon.”');
      expect(messages.at(-1)).toMatchObject({ tool_call_id: 'c2' });

      const { models = {} } = await viewRun(engine.client, handle.workflowId);
      const reading = { read: (hash: string) => world.transcripts.get(hash), models };
      const entries = await journalOf(engine.client, handle.workflowId);
      const { attempts } = await stepTranscript(reading, entries, { runId: handle.workflowId, step: 'clerk-1' });
      const shown = attempts[0]!.parts[0]!.entries;
      expect(shown.map(({ kind }) => kind)).toEqual(['opening', 'turn', 'turn', 'summary', 'saidAgain', 'turn']);
      expect(shown[1]).toMatchObject({ requests: [{ answer: expect.stringContaining('High water') as string }] });
      expect(shown[2]).toMatchObject({ requests: [{ answer: expect.stringContaining('Low water') as string }] });
      // Every request that was answered is in it, each once, at what it cost.
      const spent = shown.map((entry) => ('costMicroUsd' in entry ? (entry.costMicroUsd ?? 0) : 0));
      expect(spent.reduce((sum, cost) => sum + cost, 0)).toBe(attempts[0]!.usage!.costMicroUsd);
    });
  });
});
