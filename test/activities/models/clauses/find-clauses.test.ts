import fc from 'fast-check';
import { findClauses } from '../../../../src/activities/models/clauses/find-clauses';
import { splitSections } from '../../../../src/activities/documents/split-sections';
import { Clause, clauseCategories, type ClauseCategory } from '../../../../src/contracts/clause';
import { contractOf } from './contract-of';

const quotesOf = (text: string, category: ClauseCategory): string[] =>
  findClauses(contractOf(text), category).map(({ quote }) => quote);

describe('finding clauses', () => {
  test('finds nothing in an empty text, in any category', () => {
    for (const category of clauseCategories) expect(findClauses({ text: '', sections: [] }, category)).toEqual([]);
  });

  test('finds nothing in prose that is no contract, in any category', () => {
    const text =
      'The ship left the harbour at dawn. Nobody saw the lamp go out. It rained until the evening, and then snow fell.';
    for (const category of clauseCategories) expect(quotesOf(text, category)).toEqual([]);
  });

  test.each<[ClauseCategory, string]>([
    ['Governing Law', '12. GOVERNING LAW'],
    ['License Grant', '3. Appointment and Grant of License'],
    ['Cap On Liability', 'Article 9. Limitation of Liability'],
    ['Insurance', '8.2 Insurance ........................ 14'],
    ['Non-Disparagement', '7. Non-Disparagement'],
  ])('takes no heading or line of a table of contents for a clause on %s', (category, heading) => {
    expect(quotesOf(`${heading}\n\nThe Parties shall meet once a month.`, category)).toEqual([]);
  });

  test.each<[ClauseCategory, string]>([
    ['Cap On Liability', 'The provisions of Section 9 (Limitation of Liability) are set out in Annex B.'],
    ['Insurance', 'See Section 8 (Insurance).'],
    ['Audit Rights', 'Section 6 (Audit) and Section 7 (Records) form part of this Agreement.'],
  ])('takes no cross-reference for a clause on %s', (category, reference) => {
    expect(quotesOf(reference, category)).toEqual([]);
  });

  test('throws when the sections do not cover the text', () => {
    const text = 'This Supply Agreement is made on May 1, 2020 between Acorn Inc. and Birch Ltd.';
    const sections = [{ anchor: 's-1', heading: '', start: 70, end: text.length }];
    expect(() => findClauses({ text, sections }, 'Agreement Date')).toThrow('sections must cover the text');
  });

  test('reads an item of a list with the words that introduce the list', () => {
    const text =
      'The Distributor shall not:\n\n(a) paint the office;\n\n(b) sell products that compete with the Products;\n\n(c) sleep.';
    expect(quotesOf(text, 'Non-Compete')).toEqual(['(b) sell products that compete with the Products;']);
  });

  test('names the section in which a quote begins', () => {
    const text = 'First words are here.\nThis Agreement is governed by the laws of Norway.';
    const sections = [
      { anchor: 's-1', heading: '', start: 0, end: 22 },
      { anchor: 's-2', heading: 'Law', start: 22, end: text.length },
    ];
    expect(findClauses({ text, sections }, 'Governing Law')).toEqual([
      { category: 'Governing Law', quote: text.slice(22), anchor: 's-2', start: 22, end: text.length },
    ]);
  });

  test('gives at most 25 clauses', () => {
    expect(quotesOf('This Agreement is governed by the laws of Norway. '.repeat(40), 'Governing Law')).toHaveLength(25);
  });
});

describe('every clause', () => {
  const fragment = fc.constantFrom(
    'THIS SUPPLY AGREEMENT is made as of May 1, 2020 (the "Effective Date") by and between Acorn, Inc. ("Acorn") and Birch Ltd. (the "Buyer").',
    '\n\n4\n\n',
    '2.1 Licensor hereby grants Licensee a non-exclusive, perpetual license to use the Software; ',
    'Neither Party may assign this Agreement without consent. ',
    '(a) in no event shall either Party be liable for indirect damages;',
    ' 7. TERM 7.1 This Agreement shall continue for an initial term of two (2) years and renew automatically.',
    'Inc. ',
    '\n',
    '“Products” means ',
    'This Agreement is governed by the laws of the State of Ohio',
    'shall maintain insurance of $1,000,000 ',
  );
  const anyText = fc.oneof(
    fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 400 }),
  );

  test('stands in the text at its offsets, within the section it names', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...clauseCategories), (text, category) => {
        const sections = splitSections(text);
        for (const clause of findClauses({ text, sections }, category)) {
          Clause.parse(clause);
          expect(clause.quote).toBe(text.slice(clause.start, clause.end));
          const section = sections.find(({ anchor }) => anchor === clause.anchor);
          expect(section?.start).toBeLessThanOrEqual(clause.start);
          expect(section?.end).toBeGreaterThanOrEqual(clause.end);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is found again when the same text is read again', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...clauseCategories), (text, category) => {
        const contract = { text, sections: splitSections(text) };
        expect(findClauses(contract, category)).toEqual(findClauses(contract, category));
      }),
      { numRuns: 50 },
    );
  });
});
