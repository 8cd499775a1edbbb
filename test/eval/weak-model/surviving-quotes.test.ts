import { survivingQuotes } from '../../../eval/weak-model/surviving-quotes';
import type { JournalEntry } from '../../../src/contracts/journal';

const text = 'Supplier shall deliver. Buyer shall pay.';

function answered(step: string, answer: unknown, change: Partial<JournalEntry> = {}): JournalEntry {
  return {
    ...{ step, question: { kind: 'agent', name: 'reader', version: '1.0.0', inputHash: '' }, ordinal: 0, about: '' },
    ...{ askedAt: 0, after: 0, pass: 1, state: 'answered', answer },
    usage: { tokens: 0, costMicroUsd: 0, calls: 0 },
    ...change,
  };
}

it('names quotes that do not stand in the text, or not where they say', () => {
  const entries = [
    answered('reader-1', { clauses: [{ quote: 'Buyer shall pay.', start: 24 }] }),
    answered('reader-2', { clauses: [{ quote: 'Buyer shall pay.', start: 0 }] }),
    answered('reader-3', [{ citations: [{ quote: 'Buyer shall not pay.' }] }]),
  ];
  expect(survivingQuotes(entries, text)).toEqual({
    quotes: 3,
    notVerbatim: [
      { step: 'reader-2', quote: 'Buyer shall pay.' },
      { step: 'reader-3', quote: 'Buyer shall not pay.' },
    ],
  });
});

it('passes over answers that count no more', () => {
  const struck = answered('reader-1', { quote: 'Nobody pays.' }, { struck: { why: 'stale' } });
  const failed = answered('reader-2', { quote: 'Nobody pays.' }, { state: 'failed' });
  expect(survivingQuotes([struck, failed], text)).toEqual({ quotes: 0, notVerbatim: [] });
});
