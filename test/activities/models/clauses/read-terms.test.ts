import fc from 'fast-check';
import { findClauses } from '../../../../src/activities/models/clauses/find-clauses';
import { readTerms } from '../../../../src/activities/models/clauses/read-terms';
import { clauseCategories, type ClauseCategory, type ClauseFinding } from '../../../../src/contracts/clause';
import { Terms } from '../../../../src/contracts/terms';
import { contractOf } from './contract-of';

function finding(category: ClauseCategory, ...quotes: string[]): ClauseFinding {
  const starts = quotes.map((_, index) => index * 10_000);
  return {
    category,
    clauses: quotes.map((quote, index) => {
      const start = starts[index] ?? 0;
      return { category, quote, anchor: `s-${index + 1}`, start, end: start + quote.length };
    }),
  };
}

const nothing: Terms = {
  parties: [],
  agreementDate: null,
  effectiveDate: null,
  expirationDate: null,
  initialTerm: null,
  renewalTerm: null,
  renewalNotice: null,
  governingLaw: null,
  amounts: [],
};
const madeInMay = finding('Effective Date', 'May 1, 2020');

describe('reading terms', () => {
  test('reads nothing from nothing', () => {
    expect(readTerms([])).toEqual(nothing);
  });

  test.each<[string, ClauseFinding[]]>([
    ['words and figure disagree', [finding('Expiration Date', 'This Agreement is for a term of ten (12) years.')]],
    ['two dates stand against each other', [finding('Agreement Date', 'May 1, 2020', 'May 2, 2020')]],
    ['a date in figures may be read two ways', [finding('Agreement Date', '3/4/2020')]],
    ['two laws are named', [finding('Governing Law', 'governed by the laws of Ohio', 'governed by the laws of Utah')]],
    ['the currency of a dollar is open', [finding('Minimum Commitment', 'Buyer shall buy goods for $5,000.')]],
    ['the term depends on an event', [finding('Expiration Date', 'The term is the sooner of six months or delivery.')]],
    ['a defined term has no name before it', [finding('Parties', '"Buyer"')]],
    ['a party quote is a sentence', [finding('Parties', 'each of them is referred to as a party to it')]],
  ])('leaves out what is open because %s', (_, findings) => {
    const { governingLaw, ...others } = readTerms(findings);
    expect({ ...others, governingLaw }).toEqual(nothing);
  });

  test('derives no expiration when the term counts from another event than the effective date', () => {
    const terms = readTerms([
      madeInMay,
      finding('Expiration Date', 'It continues for a term of five years from the first order.'),
    ]);
    expect(terms.initialTerm).toMatchObject({ amount: 5, unit: 'year' });
    expect(terms.expirationDate).toBeNull();
  });

  test('derives no expiration without an effective date', () => {
    expect(
      readTerms([finding('Expiration Date', 'This Agreement is for a term of two years.')]).expirationDate,
    ).toBeNull();
  });

  test('derives the expiration from the effective date and the initial term, and says so', () => {
    const quote = 'This Agreement shall continue for an initial term of two (2) years from the Effective Date.';
    expect(readTerms([madeInMay, finding('Expiration Date', quote)]).expirationDate).toEqual({
      date: '2022-05-01',
      derived: true,
      quote,
      anchor: 's-1',
    });
  });

  test('takes the expiration that is stated before one that could be derived', () => {
    const quote = 'The Term begins on the Effective Date and shall expire on December 31, 2023, a term of three years.';
    expect(readTerms([madeInMay, finding('Expiration Date', quote)]).expirationDate).toMatchObject({
      date: '2023-12-31',
      derived: false,
    });
  });

  test('reads the effective date as the date of the contract where the clause refers to it', () => {
    const terms = readTerms([
      finding('Agreement Date', 'June 3, 2019'),
      finding('Effective Date', 'This Agreement is effective as of the date first written above.'),
    ]);
    expect(terms.effectiveDate).toMatchObject({ date: '2019-06-03' });
  });

  test('reads parties with the roles that follow them, and those within their quote', () => {
    const terms = readTerms([
      finding(
        'Parties',
        'Acorn, Inc.',
        "'the Seller'",
        'Birch Ltd., a company incorporated in Malta (the "Buyer")',
        'Jane Roe',
      ),
    ]);
    expect(terms.parties.map(({ name, role }) => [name, role])).toEqual([
      ['Acorn, Inc.', 'Seller'],
      ['Birch Ltd.', 'Buyer'],
      ['Jane Roe', null],
    ]);
  });

  test('reads renewal and notice from one sentence without mixing them', () => {
    const quote =
      'It shall be automatically renewed for successive one (1) year terms unless a party gives notice at least sixty (60) days before the end.';
    const terms = readTerms([finding('Renewal Term', quote), finding('Notice Period To Terminate Renewal', quote)]);
    expect(terms.renewalTerm).toMatchObject({ amount: 1, unit: 'year' });
    expect(terms.renewalNotice).toMatchObject({ amount: 60, unit: 'day' });
  });

  test('lets the governing law decide the order of a date and the currency of a dollar', () => {
    const terms = readTerms([
      finding('Governing Law', 'governed by the laws of the State of Nevada'),
      finding('Agreement Date', '3/4/2020'),
      finding('Liquidated Damages', 'Buyer shall pay a termination fee of $5,000.'),
    ]);
    expect(terms.agreementDate?.date).toBe('2020-03-04');
    expect(terms.amounts).toMatchObject([{ amountMinor: 500_000, currency: 'USD', about: 'Liquidated Damages' }]);
  });

  test('counts a sum once that two categories quote', () => {
    const quote = 'Insurance of EUR 500 is kept.';
    expect(readTerms([finding('Insurance', quote), finding('Cap On Liability', quote)]).amounts).toHaveLength(1);
  });

  test('never contains a quote that is not in a finding', () => {
    const fragment = fc.constantFrom(
      'THIS SUPPLY AGREEMENT is made on 3 May 2020 (the "Effective Date") between Acorn Inc. ("Acorn") and Birch Ltd. ("Buyer").',
      ' This Agreement shall continue for an initial term of two (2) years.',
      ' It shall renew automatically for one year unless notice of non-renewal is given sixty days before the end of the term.',
      ' This Agreement is governed by the laws of the State of Ohio.',
      ' Buyer shall purchase a minimum of $10,000 of goods per year.',
      ' 12/10/99 ten (12) years ',
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), (parts) => {
        const contract = contractOf(parts.join(''));
        const findings = clauseCategories.map((category) => ({ category, clauses: findClauses(contract, category) }));
        const terms = readTerms(findings);
        Terms.parse(terms);
        const found = new Set(
          findings.flatMap(({ clauses }) => clauses.map(({ quote, anchor }) => `${anchor}|${quote}`)),
        );
        const { parties, amounts, ...others } = terms;
        const read = [...parties, ...amounts, ...Object.values(others).filter((term) => term !== null)];
        for (const { quote, anchor } of read) expect(found).toContain(`${anchor}|${quote}`);
      }),
      { numRuns: 60 },
    );
  });
});
