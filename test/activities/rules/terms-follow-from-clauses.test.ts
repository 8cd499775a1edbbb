import { readTerms } from '../../../src/activities/models/clauses/read-terms';
import { termsFollowFromClauses } from '../../../src/activities/rules/terms-follow-from-clauses';
import type { Terms } from '../../../src/contracts/terms';
import { contractOf } from '../models/review/sample-review';
import { artifactsOf } from './artifacts-of';

const { findings } = contractOf([
  ['Parties', 'Ostrelle Home Appliances Corporation ("Buyer")'],
  ['Agreement Date', 'This Agreement is dated March 1, 2024.'],
  ['Effective Date', 'This Agreement is effective as of March 15, 2024.'],
  ['Expiration Date', 'This Agreement shall continue for a term of three (3) years from the Effective Date.'],
  ['Governing Law', 'This Agreement is governed by the laws of the State of Delaware.'],
  ['Cap On Liability', 'Liability is limited to $250,000.'],
  ['Insurance', 'Supplier keeps insurance of $250,000.'],
]);
const right = readTerms(findings);
const judge = (terms: Terms) => termsFollowFromClauses(terms, { input: { findings }, artifacts: artifactsOf({}) });
const source = (term: { quote: string; anchor: string } | null) => ({ quote: term!.quote, anchor: term!.anchor });

it('reads of the sample what the tests alter', () => {
  expect(right).toMatchObject({
    parties: [{ name: 'Ostrelle Home Appliances Corporation' }],
    agreementDate: { date: '2024-03-01' },
    effectiveDate: { date: '2024-03-15' },
    expirationDate: { date: '2027-03-15', derived: true },
    initialTerm: { amount: 3, unit: 'year' },
    governingLaw: { jurisdiction: 'Delaware' },
    amounts: [{ amountMinor: 25_000_000 }, { amountMinor: 25_000_000 }],
  });
});

describe('terms', () => {
  const falsified: [string, Partial<Terms>, RegExp][] = [
    [
      'a date that its quote does not state',
      { agreementDate: { ...right.agreementDate!, date: '2024-03-02' } },
      /agreementDate: its quote does not say so/,
    ],
    [
      'a date that was derived wrongly',
      { expirationDate: { ...right.expirationDate!, date: '2028-03-15' } },
      /expirationDate: its quote does not say so/,
    ],
    ['a date that was left out', { effectiveDate: null }, /effectiveDate: the clauses say 2024-03-15, not nothing/],
    [
      'a quote of another term',
      { effectiveDate: { date: '2024-03-15', ...source(right.agreementDate) } },
      /effectiveDate: its quote is no clause found for it/,
    ],
    [
      'a quote at another place',
      { governingLaw: { ...right.governingLaw!, anchor: 's-9' } },
      /governingLaw: its quote is no clause found for it at s-9/,
    ],
    [
      'another law',
      { governingLaw: { ...right.governingLaw!, jurisdiction: 'Nevada' } },
      /governingLaw: its quote does not say so/,
    ],
    ['another duration', { initialTerm: { ...right.initialTerm!, unit: 'month' } }, /initialTerm: its quote does not/],
    ['another party', { parties: [{ ...right.parties[0]!, name: 'Halbrook Ltd' }] }, /parties\.0: its quote does not/],
    ['a party left out', { parties: [] }, /parties: Ostrelle Home Appliances Corporation.* is missing/],
    [
      'another sum',
      { amounts: [{ ...right.amounts[0]!, amountMinor: 2_500_000 }, right.amounts[1]!] },
      /amounts\.0: its quote does not say so/,
    ],
    [
      'another currency',
      { amounts: [{ ...right.amounts[0]!, currency: 'EUR' }, right.amounts[1]!] },
      /amounts\.0: its quote does not say so/,
    ],
    ['a sum left out', { amounts: right.amounts.slice(1) }, /amounts: USD 250000 for .* is missing/],
    ['a sum stated twice', { amounts: [...right.amounts, right.amounts[0]!] }, /is stated 2 times/],
  ];

  it.each(falsified)('go back with %s', async (_what, change, feedback) => {
    expect(await judge({ ...right, ...change })).toMatchObject({
      verdict: 'retry',
      feedback: expect.stringMatching(feedback) as string,
    });
  });

  it('pass as they were read', async () => {
    expect(await judge(right)).toEqual({ verdict: 'accept' });
  });

  it('pass with more than the rule can read, if the quote says so', async () => {
    const renewalTerm = { amount: 3, unit: 'year' as const, ...source(right.initialTerm) };
    const more = findings.map((finding) =>
      finding.category === 'Renewal Term'
        ? { ...finding, clauses: findings.find(({ category }) => category === 'Expiration Date')!.clauses }
        : finding,
    );
    expect(readTerms(more).renewalTerm).toBeNull();
    const context = { input: { findings: more }, artifacts: artifactsOf({}) };
    expect(await termsFollowFromClauses({ ...right, renewalTerm }, context)).toEqual({ verdict: 'accept' });
  });
});
