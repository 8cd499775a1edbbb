import fc from 'fast-check';
import type { EffectRecord, JournalEntry } from '../../../src/contracts/journal';
import { Journal } from '../../../src/workflows/engine/journal';
import { stateOf, Tallies, type Tally } from '../../../src/workflows/engine/tallies';

const names = ['writer', 'lookUp', 'book'] as const;

function enter(journal: Journal, name: string): JournalEntry {
  const question = { kind: 'tool', name, version: '1', inputHash: String(journal.entries.length) } as const;
  return journal.enter({ question, about: '', askedAt: 0, after: 0, pass: 1, ordinal: 0 });
}

function settle(journal: Journal, entry: JournalEntry, state: 'answered' | 'failed'): void {
  entry.state = state;
  journal.settle(entry, 1);
}

function asNumbers(tallies: readonly Tally[]) {
  return tallies.map(({ first, counts }) => ({ first: first.step, counts: Object.fromEntries(counts) }));
}

/** The same by counting everything. */
function expected({ entries }: Journal) {
  return [...new Set(entries.map(({ question }) => question.name))].map((name) => {
    const own = entries.filter(({ question }) => question.name === name);
    const counts: Record<string, number> = {};
    for (const entry of own) counts[stateOf(entry)] = (counts[stateOf(entry)] ?? 0) + 1;
    return { first: own[0]?.step, counts };
  });
}

const change = fc.oneof(
  fc.record({ type: fc.constant('enter' as const), name: fc.constantFrom(...names) }),
  fc.record({
    type: fc.constant('settle' as const),
    at: fc.nat(),
    state: fc.constantFrom('answered' as const, 'failed' as const),
  }),
  fc.record({ type: fc.constant('effect' as const), at: fc.nat() }),
  fc.record({
    type: fc.constant('outcome' as const),
    at: fc.nat(),
    outcome: fc.constantFrom('done' as const, 'undone' as const),
  }),
  fc.record({ type: fc.constant('strike' as const), at: fc.nat() }),
  fc.record({ type: fc.constant('count' as const) }),
);

describe('the tallies of a journal', () => {
  it('are what counting every step gives, however often they were counted before', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const journal = new Journal([]);
        const tallies = new Tallies(journal);
        for (const one of changes) {
          if (one.type === 'enter') enter(journal, one.name);
          if (one.type === 'count') tallies.count();
          if (!('at' in one) || journal.entries.length === 0) continue;
          const entry = journal.entries[one.at % journal.entries.length] as JournalEntry; // there is one
          if (one.type === 'settle' && entry.state === 'asked') settle(journal, entry, one.state);
          if (one.type === 'effect' && entry.state === 'asked')
            entry.effect = {
              effect: 'compensatable',
              tool: 'book',
              input: {},
              idempotencyKey: 'k',
              outcome: 'unknown',
            };
          if (one.type === 'outcome' && entry.effect !== undefined) entry.effect.outcome = one.outcome;
          if (one.type === 'strike') journal.strike(entry, { why: 'stale' });
        }
        expect(asNumbers(tallies.count())).toEqual(expected(journal));
        expect(journal.answeredCount).toBe(journal.entries.filter(({ state }) => state === 'answered').length);
      }),
    );
  });

  it('follow an effect that is undone long after its step was answered', () => {
    const journal = new Journal([]);
    const tallies = new Tallies(journal);
    const effect: EffectRecord = {
      ...{ effect: 'compensatable', tool: 'book', input: {}, idempotencyKey: 'k' },
      outcome: 'done',
    };
    const entry = enter(journal, 'book');
    settle(journal, Object.assign(entry, { effect }), 'answered');
    tallies.count();
    effect.outcome = 'undone';
    expect(asNumbers(tallies.count())).toEqual([{ first: 'book-1', counts: { 'answered, compensatable undone': 1 } }]);
  });
});
