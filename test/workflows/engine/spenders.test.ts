import type { JournalEntry } from '../../../src/contracts/journal';
import { addUsage, noUsage, type Usage } from '../../../src/contracts/usage';
import { spendersOf } from '../../../src/workflows/engine/spenders';

const usage = (calls: number, tokens = 0, costMicroUsd = 0): Usage => ({ calls, tokens, costMicroUsd });
const feedback = { type: 'feedback', feedback: '' } as const;

function entry(name: string, spent: Usage, rest: Partial<JournalEntry> = {}): JournalEntry {
  const question = { kind: 'agent', name, version: '1', inputHash: '' } as const;
  const state = { state: 'answered', ordinal: 0, about: '', askedAt: 0, after: 0, pass: 1 } as const;
  return { step: `${name}-1`, question, ...state, usage: spent, ...rest };
}

describe('who spent what', () => {
  const attempts = [
    { by: 'writer/large', result: feedback, usage: usage(2, 100, 50) },
    { by: 'writer/small', result: feedback, usage: usage(1, 40, 5) },
    { by: 'person:ada', result: feedback },
  ];
  const entries = [
    entry('lookUp', usage(1)),
    entry('writer', usage(4, 140, 55), { attempts }),
    entry('writer', usage(2, 100, 50), { attempts: attempts.slice(0, 1), struck: { why: 'stale' } }),
    entry('signOff', noUsage),
  ];

  it('is told by agent and model, with what struck steps spent, the most expensive first', () => {
    expect(spendersOf(entries)).toEqual([
      { by: 'writer/large', steps: 2, usage: usage(4, 200, 100) },
      { by: 'writer/small', steps: 1, usage: usage(1, 40, 5) },
      { by: 'lookUp', steps: 1, usage: usage(1) },
      { by: 'writer', steps: 1, usage: usage(1) },
    ]);
  });

  it('adds up to what the run has spent', () => {
    const total = (all: readonly { usage: Usage }[]) => all.map((one) => one.usage).reduce(addUsage, noUsage);
    expect(total(spendersOf(entries))).toEqual(total(entries));
  });
});
