import { termReader } from '../../../../src/activities/models/forms/term-reader';
import { termsFollowFromClauses } from '../../../../src/activities/rules/terms-follow-from-clauses';
import { Terms } from '../../../../src/contracts/terms';
import { artifactsOf } from '../../rules/artifacts-of';
import { contractOf } from '../review/sample-review';

const { findings } = contractOf([
  ['Parties', 'Ostrelle Home Appliances Corporation ("Buyer")'],
  ['Effective Date', 'It takes effect on March 1, 2024.'],
  ['Expiration Date', 'It remains in force for three (3) years.'],
  ['Governing Law', 'It is governed by the laws of the State of Delaware.'],
  ['Minimum Commitment', 'Buyer shall order goods of at least USD 5,000 a year.'],
  ['Audit Rights', 'Buyer may audit the books.'],
]);
const input = { findings };
const roomy = { artifacts: artifactsOf({}), openingBytesMax: 50_000 };
type Written = Parameters<typeof termReader.join>[0][number]['terms'];
const judge = (...terms: Written) => termReader.faultOf?.({ part: 0, value: { terms } }, input, roomy);

describe('terms that a model read', () => {
  it.each<[string, Written[number], RegExp]>([
    ['there is no such quote', { q: 'Q9', is: 'party', words: 'Ostrelle' }, /Q9: there is no such quote/],
    ['the words stand in another quote', { q: 'Q1', is: 'governingLaw', words: 'Delaware' }, /Q1: “Delaware” does not/],
    [
      'the words are the model’s own',
      { q: 'Q2', is: 'effectiveDate', words: '1 March 2025' },
      /Q2: “1 March 2025” does/,
    ],
    ['the words state no such value', { q: 'Q4', is: 'initialTerm', words: 'Delaware' }, /Q4: “Delaware” states no/],
    ['the words name no sum', { q: 'Q5', is: 'amount', words: 'at least' }, /Q5: “at least” states no amount/],
  ])('go back when %s', async (_why, term, fault) => {
    expect(await judge(term)).toMatch(fault);
  });

  it('go back when what a contract has once stands twice', async () => {
    const date: Written[number] = { q: 'Q2', is: 'effectiveDate', words: 'March 1, 2024' };
    expect(await judge(date, date)).toMatch(/effectiveDate: may stand only once/);
  });

  it('are asked of clauses that state terms, and of no others', async () => {
    const [only] = await termReader.open(input, roomy);
    expect(only?.material).toContain('Q5 Minimum Commitment: Buyer shall order goods');
    expect(only?.material).not.toContain('audit the books');
  });

  it('become values with their quotes, which follow from the clauses', async () => {
    const terms: Written = [
      { q: 'Q1', is: 'party', words: 'Ostrelle Home Appliances Corporation' },
      { q: 'Q1', is: 'partyRole', words: '"Buyer"' },
      { q: 'Q2', is: 'effectiveDate', words: 'March 1, 2024' },
      { q: 'Q3', is: 'initialTerm', words: 'three (3) years' },
      { q: 'Q4', is: 'governingLaw', words: 'State of Delaware' },
      { q: 'Q5', is: 'amount', words: 'USD 5,000' },
    ];
    expect(await judge(...terms)).toBeUndefined();
    const output = Terms.parse(await termReader.join([{ terms }], input, roomy));
    expect(output).toMatchObject({
      parties: [{ name: 'Ostrelle Home Appliances Corporation', role: 'Buyer' }],
      effectiveDate: { date: '2024-03-01' },
      expirationDate: { date: '2027-03-01', derived: true },
      initialTerm: { amount: 3, unit: 'year' },
      governingLaw: { jurisdiction: 'Delaware', quote: findings[3]?.clauses[0]?.quote },
      amounts: [{ amountMinor: 500_000, currency: 'USD', about: 'Minimum Commitment' }],
    });
    expect(await termsFollowFromClauses(output, { input, artifacts: roomy.artifacts })).toEqual({ verdict: 'accept' });
  });
});
