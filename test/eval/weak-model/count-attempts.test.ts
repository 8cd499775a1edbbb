import { countAttempts, countEscalations } from '../../../eval/weak-model/count-attempts';
import type { Attempt, JournalEntry } from '../../../src/contracts/journal';
import type { Verdict } from '../../../src/contracts/verdict';

const usage = { tokens: 100, costMicroUsd: 1, calls: 2 };
const accept: Verdict = { verdict: 'accept' };

function judged(by: string, gate: string, verdict: Verdict = { verdict: 'retry', feedback: 'no' }): Attempt {
  const result = { type: 'judged', gate, verdict, output: null } as const;
  return by.endsWith('/small') ? { by, result, usage } : { by, result };
}

function failedBy(by: string): Attempt {
  return { by, result: { type: 'failed', failure: { type: 'ModelRefused', message: 'no', details: {} } }, usage };
}

function entryOf(change: Partial<JournalEntry>, kind: 'agent' | 'approval' = 'agent', name = 'reader'): JournalEntry {
  return {
    ...{ step: 'reader-1', question: { kind, name, version: '1.0.0', inputHash: '' }, ordinal: 0, about: '' },
    ...{ askedAt: 0, after: 0, pass: 1, state: 'answered', usage },
    ...change,
  };
}

it('counts by whom each step’s output was accepted, and what was sent back by which gate', () => {
  const small = 'reader/small';
  const counts = countAttempts([
    entryOf({ attempts: [judged(small, 'all', accept)] }),
    entryOf({ attempts: [judged(small, 'form'), judged(small, 'all', accept)] }),
    entryOf({ attempts: [judged(small, 'form'), judged(small, 'schema'), judged('reader/code', 'all', accept)] }),
    entryOf({
      attempts: [failedBy(small), judged('reader/code', 'secondReader'), judged('person:ada', 'all', accept)],
    }),
    entryOf({ attempts: [judged(small, 'schema')], state: 'failed' }),
  ]);
  expect(counts).toEqual([
    {
      ...{ agent: 'reader', steps: 5, atOnce: 1, repaired: 1, byFallback: 1, byPerson: 1, without: 1 },
      ...{ sentBack: { form: 2, schema: 2 }, failed: { ModelRefused: 1 } },
      usage: { tokens: 700, costMicroUsd: 7, calls: 14 },
    },
  ]);
});

it('counts decisions on escalations, and none on what the process itself asks', () => {
  const approval = {
    ...{ subject: null, shown: '', offers: [], role: 'counsel', dueAt: 0, reminders: 0, escalated: false },
    decided: { decision: 'reject', actor: 'ada', role: 'counsel', comment: null, value: null, blame: null, at: 0 },
  } as const;
  const entries = [
    entryOf({ approval }, 'approval', 'counselSignOff'),
    entryOf({ approval }, 'approval', 'readerEscalation'),
    entryOf({ state: 'asked' }, 'approval', 'readerEscalation'),
  ];
  expect(countEscalations(entries)).toEqual({ reject: 1, open: 1 });
});
