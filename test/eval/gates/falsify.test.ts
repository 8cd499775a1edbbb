import * as fc from 'fast-check';
import { falsehoodKinds, type FalsehoodKind } from '../../../eval/gates/falsehood';
import { falsify, type Making } from '../../../eval/gates/falsify';
import { chanceOf } from '../../../src/build/shop/chance';

const report = {
  title: 'A review of the supply by Orrin Valley Foods',
  decided: '2024-03-01',
  risks: [
    {
      id: 'R1',
      severity: 'high',
      says: 'The price may rise by 12% a year, which Orrin Valley Foods shall not waive.',
      quote: 'may rise by 12% in any year',
    },
    {
      id: 'R2',
      severity: 'low',
      says: 'It ends on March 1, 2027, unless a party gives notice of thirty days.',
      quote: 'ends on March 1, 2027',
    },
  ],
};
const making = (seed: number, more: Partial<Making> = {}): Making => ({
  ...{ chance: chanceOf(seed), others: [], fits: () => true },
  ...more,
});

describe.each(falsehoodKinds)('%s', (kind) => {
  it('changes the document, leaves the original alone, and is the same for the same seed', () => {
    const before = structuredClone(report);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const falsified = falsify(report, kind, making(seed));
        expect(falsified?.document).not.toEqual(report);
        expect(falsified?.what).toMatch(/\S/);
        expect(falsify(report, kind, making(seed))).toEqual(falsified);
      }),
      { numRuns: 50 },
    );
    expect(report).toEqual(before);
  });

  it('is not made where it would break the schema', () => {
    expect(falsify(report, kind, making(1, { fits: () => false }))).toBeUndefined();
  });

  it('is not made where there is no place for it', () => {
    expect(falsify({ open: true }, kind, making(1))).toBeUndefined();
  });
});

describe('what is falsified', () => {
  const changed = (kind: FalsehoodKind, document: unknown, others: readonly unknown[] = []) =>
    Array.from({ length: 30 }, (_, seed) => falsify(document, kind, making(seed, { others }))?.document);

  it('is one value alone when a fact is altered', () => {
    for (const document of changed('figure altered', { a: 10, b: 20, c: ['thirty', 'none'] })) {
      const { a, b, c } = document as { a: number; b: number; c: string[] };
      expect([a !== 10, b !== 20, c[0] !== 'thirty', c[1] !== 'none'].filter(Boolean)).toHaveLength(1);
    }
  });

  it('may be a clause of another answer, which agrees with what it is put among', () => {
    const others = [{ category: 'Insurance', clauses: [{ category: 'Insurance', quote: 'keeps insurance' }] }];
    for (const document of changed('clause added', { category: 'Audit', clauses: [] }, others)) {
      expect(document).toEqual({ category: 'Audit', clauses: [{ category: 'Audit', quote: 'keeps insurance' }] });
    }
  });

  it('keeps the values of a swap, elsewhere', () => {
    for (const document of changed('field swapped', { from: 'ann', to: 'bob' })) {
      expect(document).toEqual({ from: 'bob', to: 'ann' });
    }
  });
});
