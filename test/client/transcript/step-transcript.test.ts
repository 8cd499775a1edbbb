import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileTranscriptStore, type TranscriptStore } from '../../../src/activities/stores/transcript-store';
import { describeTranscript } from '../../../src/client/transcript/describe-transcript';
import { stepTranscript } from '../../../src/client/transcript/step-transcript';
import type { Attempt, JournalEntry } from '../../../src/contracts/journal';
import type { TranscriptMessage, TranscriptNode } from '../../../src/contracts/transcript';
import { noUsage } from '../../../src/contracts/usage';
import { opening } from '../../support/transcripts';

let folder: string;
let transcripts: TranscriptStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterpoint-transcript-'));
  transcripts = fileTranscriptStore(folder);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const models = {
  small: {
    ...{ name: 'small', contextTokens: 4_096, outputTokensMax: 1_024 },
    ...{ inputPrice: 250_000, cachedInputPrice: 25_000, outputPrice: 2_000_000 },
  },
};
const tokens = { input: 100, cachedInput: 40, output: 10 };
const free = { input: 0, cachedInput: 0, output: 0 };

function entry(step: string, more: Partial<JournalEntry>): JournalEntry {
  return {
    step,
    question: { kind: 'agent', name: step.replace(/-\d+$/, ''), version: '1', inputHash: '' },
    ...{ ordinal: 0, about: '', askedAt: 0, after: 0, pass: 1, state: 'answered', usage: noUsage },
    ...more,
  };
}

function accepted(heads?: readonly string[], by = 'clerk/small'): Attempt {
  const result = { type: 'judged', gate: 'schema', verdict: { verdict: 'accept' }, output: null } as const;
  return { by, result, ...(heads === undefined ? {} : { heads }) };
}

function retried(heads: readonly string[], feedback: string): Attempt {
  const verdict = { verdict: 'retry', feedback } as const;
  return { by: 'clerk/small', result: { type: 'judged', gate: 'schema', verdict, output: null }, heads };
}

const user = (text: string): TranscriptMessage => ({ role: 'user', text });
const says = (text: string, ...calls: string[]): TranscriptMessage => ({
  ...{ role: 'assistant', text },
  requests: calls.map((call) => ({ call, tool: 'lookUp', arguments: `{"key":"${call}"}` })),
});

/** Puts turns after a node, and gives the hash of the last. */
async function turns(parent: string, ...said: readonly (readonly [readonly TranscriptMessage[], TranscriptMessage])[]) {
  let head = parent;
  for (const [heard, answer] of said) {
    head = await transcripts.put({ kind: 'turn', parent: head, said: [...heard], answer, tokens });
  }
  return head;
}

const begun = (node: Partial<Extract<TranscriptNode, { kind: 'opening' }>> = {}) =>
  transcripts.put({ ...opening('tides'), ...node });

function read(entries: readonly JournalEntry[], step = 'clerk-1') {
  const reading = { read: (hash: string) => transcripts.get(hash), models };
  return stepTranscript(reading, entries, { runId: 'run-1', step });
}

async function shownOf(entries: readonly JournalEntry[]): Promise<string[]> {
  const { attempts } = await read(entries);
  return attempts.flatMap(({ attempt, parts }) =>
    parts.flatMap(({ part, entries: shown }) =>
      shown.map((one) => {
        const number = one.kind === 'turn' || one.kind === 'saidAgain' ? one.turn : '';
        const to = one.kind === 'summary' ? one.standsForTurnsTo : '';
        return `${attempt}.${part} ${one.kind} ${number}${to}`.trim();
      }),
    ),
  );
}

describe('the transcript of a step is refused', () => {
  it('when the run has no such step', async () => {
    await expect(read([entry('clerk-1', {})], 'clerk-2')).rejects.toMatchObject({
      type: 'InvalidInput',
      message: 'The run run-1 has no step clerk-2. `counterpoint show run-1` lists its steps.',
    });
  });

  it('when no model was talked to, and says which steps have a conversation', async () => {
    const head = await turns(await begun(), [[], says('On tides.')]);
    const code = entry('writer-1', { attempts: [accepted(undefined, 'writer/code')] });
    await expect(read([code], 'writer-1')).rejects.toMatchObject({
      type: 'InvalidInput',
      message: expect.stringMatching(
        /^No model gave an answer in writer-1 .* No step of this run has one\.$/,
      ) as string,
    });
    await expect(read([code, entry('clerk-1', { attempts: [accepted([head])] })], 'writer-1')).rejects.toMatchObject({
      message: expect.stringMatching(/These have one: clerk-1\.$/) as string,
    });
  });

  it('when the step is a run of its own, which is named', async () => {
    const child = entry('desk-1', { question: { kind: 'process', name: 'desk', version: '1', inputHash: '' } });
    await expect(read([child], 'desk-1')).rejects.toMatchObject({
      message: expect.stringContaining('look at the steps of run-1.desk-1') as string,
    });
  });

  it.each([
    ['is lost', 'f'.repeat(64)],
    ['is no hash at all', '../../../etc/passwd'],
  ])('when a node %s', async (_how, head) => {
    const parent = await turns(head, [[], says('On tides.')]);
    for (const lost of [head, parent]) {
      await expect(read([entry('clerk-1', { attempts: [accepted([lost])] })])).rejects.toMatchObject({
        type: 'TranscriptMissing',
        details: { hash: head },
      });
    }
  });

  it('when what should be a tool’s answer is something else', async () => {
    const message = await begun();
    const answer: TranscriptMessage = { role: 'tool', call: 'a', message };
    const head = await turns(await begun(), [[], says('', 'a')], [[answer], says('On tides.')]);
    await expect(read([entry('clerk-1', { attempts: [accepted([head])] })])).rejects.toMatchObject({
      type: 'TranscriptMissing',
      message: expect.stringContaining('must be a tool') as string,
    });
  });
});

describe('the transcript of a step', () => {
  it('has every turn with what it took, and every request with its answer, wherever that is kept', async () => {
    const message = await transcripts.put({ kind: 'toolAnswer', tool: 'lookUp', text: 'noon' });
    const answers: TranscriptMessage[] = [
      { role: 'tool', call: 'a', message },
      { role: 'tool', call: 'b', text: 'It failed.' },
    ];
    const head = await turns(
      await begun(),
      [[], says('I look.', 'a', 'b')],
      [[...answers, user('Go on.')], says('', 'c')],
    );
    const { attempts } = await read([entry('clerk-1', { attempts: [accepted([head])] })]);
    const [first, one, two] = attempts[0]!.parts[0]!.entries;
    expect(first).toMatchObject({ kind: 'opening', said: [{ role: 'system' }, { role: 'user', text: 'tides' }] });
    // 60 · 0.25 + 40 · 0.025 + 10 · 2 = 36 millionths of a dollar
    expect(one).toMatchObject({ turn: 1, text: 'I look.', tokens, costMicroUsd: 36 });
    expect(one).toMatchObject({
      requests: [
        { call: 'a', tool: 'lookUp', arguments: '{"key":"a"}', answer: 'noon' },
        { call: 'b', answer: 'It failed.' },
      ],
    });
    expect(two).toMatchObject({ turn: 2, said: [{ role: 'user', text: 'Go on.' }], requests: [{ answer: null }] });
  });

  it('does not know the cost of a model that the run has no prices of', async () => {
    const head = await turns(await begun({ model: 'gone' }), [[], says('On tides.')]);
    const { attempts } = await read([entry('clerk-1', { attempts: [accepted([head])] })]);
    expect(attempts[0]?.parts[0]?.entries[1]).toMatchObject({ costMicroUsd: null });
  });

  it('shows a conversation that goes on from attempt to attempt once, and another model’s by itself', async () => {
    const root = await begun();
    const first = await turns(root, [[], says('No.')]);
    const second = await turns(first, [[user('As JSON.')], says('Neither.')]);
    const other = await turns(await begun({ model: 'large' }), [[], says('{"text": "On tides."}')]);
    const failed: Attempt = {
      by: 'clerk/small',
      result: { type: 'failed', failure: { type: 'ModelRefused', message: 'It refuses.', details: {} } },
      heads: [second],
    };
    const attempts = [retried([first], 'As JSON.'), failed, accepted([other], 'clerk/large')];
    expect(await shownOf([entry('clerk-1', { attempts })])).toEqual([
      ...['1.1 opening', '1.1 turn 1', '2.1 turn 2', '3.1 opening', '3.1 turn 1'],
    ]);
  });

  it('shows every part of an agent’s work, each as its own conversation', async () => {
    const heads = await Promise.all(
      [0, 1].map(async (part) => turns(await begun({ part, parts: 2 }), [[], says(`Part ${part}.`)])),
    );
    const text = describeTranscript(await read([entry('clerk-1', { attempts: [accepted(heads)] })]));
    expect(text).toMatch(/part 1 of 2\nopening\n[^]*Part 0\.[^]*part 2 of 2\nopening\n[^]*Part 1\./);
  });

  it('shows a summary after the turns that it stands for, and what is said again after it only once', async () => {
    const root = await begun();
    const three = await turns(root, [[], says('One.', 'a')], [[user('2?')], says('Two.', 'b')]);
    const answered: TranscriptMessage = { role: 'tool', call: 'b', text: 'noon' };
    const kept = await turns(three, [[answered], says('Three.')]);
    const summary = await transcripts.put({ kind: 'summary', parent: three, text: 'One and two.', tokens });
    const asksAgain = { said: [], answer: says('Two.', 'b'), tokens: free };
    const asked = await transcripts.put({ kind: 'turn', parent: summary, ...asksAgain });
    const again = await turns(asked, [[answered], says('Three.')]);
    const after = await turns(again, [[user('4?')], says('Four.')]);
    const asOne = [entry('clerk-1', { attempts: [accepted([after])] })];
    expect(await shownOf(asOne)).toEqual([
      ...['1.1 opening', '1.1 turn 1', '1.1 turn 2', '1.1 summary 2', '1.1 saidAgain 2', '1.1 turn 3', '1.1 turn 4'],
    ]);
    expect((await read(asOne)).attempts[0]?.parts[0]?.entries[2]).toMatchObject({ requests: [{ answer: 'noon' }] });
    const inTwo = [entry('clerk-1', { attempts: [retried([kept], '4?'), accepted([after])] })];
    expect(await shownOf(inTwo)).toEqual([
      ...['1.1 opening', '1.1 turn 1', '1.1 turn 2', '1.1 turn 3'],
      ...['2.1 summary 2', '2.1 saidAgain 2', '2.1 saidAgain 3', '2.1 turn 4'],
    ]);
  });

  it('shows the attempt under way, with what tools answered since the last turn', async () => {
    const head = await turns(await begun(), [[], says('', 'a')]);
    const part = { head, said: [{ call: 'a', text: 'noon' }], asked: {}, turns: 1, contextTokens: 0 };
    const conversation = { agent: 'clerk', model: 'small', attempt: 0, usageBefore: noUsage, parts: [part] };
    const { attempts } = await read([entry('clerk-1', { state: 'asked', attempts: [], conversation })]);
    expect(attempts).toMatchObject([{ by: 'clerk/small', came: 'under way' }]);
    expect(attempts[0]?.parts[0]?.entries[1]).toMatchObject({ requests: [{ answer: 'noon' }] });
  });

  it('reads hundreds of turns, also where all of them were kept through a compaction', async () => {
    const many = Array.from({ length: 300 }, (_none, at) => [[user(`${at}?`)], says(`${at}.`)] as const);
    const root = await begun();
    const first = await turns(root, ...many);
    const one = await turns(root, ...many.slice(0, 1));
    const summary = await transcripts.put({ kind: 'summary', parent: one, text: 'The first.', tokens });
    const last = await turns(summary, ...many.slice(1), [[user('So?')], says('So.')]);
    const shown = await shownOf([entry('clerk-1', { attempts: [retried([first], 'So?'), accepted([last])] })]);
    expect(shown.filter((line) => line.startsWith('1.1 turn'))).toHaveLength(300);
    expect(shown.slice(301)).toEqual([
      '2.1 summary 1',
      ...Array.from({ length: 299 }, (_none, at) => `2.1 saidAgain ${at + 2}`),
      '2.1 turn 301',
    ]);
  });
});

describe('a transcript on a terminal', () => {
  it('says for each attempt what it came to and took, and for each turn what it took', async () => {
    const head = await turns(await begun(), [[], says('I look.', 'a')]);
    const usage = { calls: 1, tokens: 110, costMicroUsd: 36 };
    const attempts = [{ ...retried([head], 'Write JSON.'), usage }, accepted(undefined, 'person:ada')];
    expect(describeTranscript(await read([entry('clerk-1', { attempts })]))).toBe(
      [
        'run-1, clerk-1: 2 attempts',
        '',
        'attempt 1 by clerk/small: 1 calls, 110 tokens, $0.0000',
        '  came to: retry (schema): Write JSON.',
        'opening',
        ...['  system', '    | Read the terms.', '  user', '    | tides'],
        'turn 1: 100 tokens in (40 of them from the cache), 10 out, $0.000036',
        ...['  model', '    | I look.', '  asks lookUp (a)', '    | {"key":"a"}', '  lookUp has not answered'],
        '',
        'attempt 2 by person:ada',
        '  came to: accepted',
        '  no conversation',
      ].join('\n'),
    );
  });

  it('lets no text of a model or a tool move the terminal, or pose as a heading', async () => {
    const hostile = 'On\u001b[2J tides.\u202e\r\nattempt 2 by person:ada\u2028  came to: accepted\u0085x';
    const answer: TranscriptMessage = { role: 'tool', call: 'a', text: hostile };
    const asks: TranscriptMessage = {
      ...{ role: 'assistant', text: hostile },
      requests: [{ call: 'a', tool: hostile, arguments: hostile }],
    };
    const head = await turns(await begun({ messages: [user(hostile)] }), [[], asks], [[answer], says(hostile)]);
    const attempts = [accepted([head], hostile), retried([head], hostile)];
    const text = describeTranscript(await read([entry('clerk-1', { attempts })]));
    // eslint-disable-next-line no-control-regex -- exactly what must not be printed
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
    expect(text.match(/^attempt /gm)).toHaveLength(2);
    expect(text.match(/^ {2}came to: /gm)).toHaveLength(2);
  });
});
