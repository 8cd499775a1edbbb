import type { ApprovalRecord, JournalEntry } from '../../../src/contracts/journal';
import { noUsage, type Budget } from '../../../src/contracts/usage';
import { budgetOf, openRaise } from '../../../src/workflows/engine/raises';

const declared: Budget = { callsMax: 1, tokensMax: 1, costMicroUsdMax: 1, durationMsMax: 1 };
const raised: Budget = { ...declared, callsMax: 9 };

function raise(rest: Partial<JournalEntry> = {}, value: unknown = raised): JournalEntry {
  const decided = { decision: 'edit', actor: 'ada', role: 'tests', comment: null, value, blame: null, at: 1 } as const;
  const approval: ApprovalRecord = {
    ...{ subject: {}, shown: '', offers: ['edit'], role: 'tests', dueAt: 2, reminders: 0, escalated: false },
    decided,
  };
  const question = { kind: 'approval', name: 'budgetRaise', version: '1', inputHash: '' } as const;
  return {
    ...{ step: 'budgetRaise-1', question, ordinal: 0, about: '', within: 'writer-1', askedAt: 0, after: 0, pass: 1 },
    ...{ state: 'answered', usage: noUsage, approval },
    ...rest,
  };
}

describe('the budget of a run', () => {
  it('is as declared until a person raises it', () => {
    expect(budgetOf(declared, [])).toBe(declared);
    const { decided, ...undecided } = raise().approval!;
    expect(decided).toBeDefined();
    expect(budgetOf(declared, [raise({ state: 'asked', approval: undecided })])).toBe(declared);
  });

  it('is as a person raised it last, also when the step that asked is struck', () => {
    const first = raise({}, { ...raised, callsMax: 5 });
    expect(budgetOf(declared, [first, raise({ struck: { why: 'stale' } })])).toEqual(raised);
  });

  it('is not what a process had approved under the same name', () => {
    const { within, ...byProcess } = raise();
    expect(within).toBe('writer-1');
    expect(budgetOf(declared, [byProcess])).toBe(declared);
  });

  it('is asked about by the question that waits and still counts', () => {
    const open = raise({ state: 'asked' });
    expect(openRaise([raise(), open])).toBe(open);
    expect(openRaise([raise({ state: 'asked', struck: { why: 'stale' } })])).toBeUndefined();
  });
});
