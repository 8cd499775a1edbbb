import { clausesStandInPlace } from '../../../src/activities/rules/clauses-stand-in-place';
import type { Clause } from '../../../src/contracts/clause';
import { contractOf } from '../models/review/sample-review';
import { artifactNamed, artifactsOf } from './artifacts-of';

const { text, sections, findings } = contractOf([
  ['Insurance', 'Supplier shall keep insurance of at least USD 1,000,000.'],
  ['Audit Rights', 'Buyer may audit the books once a year.'],
]);
const clause = findings[0]!.clauses[0]!;
const contract = {
  ...{ name: 'c', sectionCount: sections.length, characters: text.length },
  ...{ text: artifactNamed('text'), sections: artifactNamed('sections') },
};
const artifacts = artifactsOf({ text, sections: JSON.stringify(sections) });
const judge = (clauses: readonly Clause[], category: Clause['category'] = 'Insurance', held = artifacts) =>
  clausesStandInPlace(
    { category, clauses: [...clauses] },
    { input: { contract, category: 'Insurance' }, artifacts: held },
  );

describe('clauses', () => {
  it.each<[string, Partial<Clause>, RegExp]>([
    ['are of another category', { category: 'Audit Rights' }, /clauses\.0: is of Audit Rights, not Insurance/],
    ['are not where they say', { start: clause.start + 1 }, /clauses\.0: its quote is not what stands from/],
    ['have another word', { quote: clause.quote.replace('shall', 'may') }, /its quote is not what stands from/],
    ['are in another section', { anchor: 's-2' }, /does not begin in the section s-2/],
    ['are in no section', { anchor: 's-9' }, /does not begin in the section s-9/],
  ])('go back when they %s', async (_what, change, feedback) => {
    expect(await judge([{ ...clause, ...change }])).toMatchObject({
      verdict: 'retry',
      feedback: expect.stringMatching(feedback) as string,
    });
  });

  it('go back when a passage is quoted twice, or another category was asked for', async () => {
    expect(await judge([clause, clause])).toMatchObject({
      feedback: expect.stringContaining('clauses.1: the same passage was quoted before') as string,
    });
    expect(await judge([], 'Audit Rights')).toMatchObject({
      feedback: expect.stringContaining('category: is Audit Rights, not Insurance') as string,
    });
  });

  it('cannot be judged without the contract', async () => {
    await expect(judge([clause], 'Insurance', artifactsOf({}))).rejects.toMatchObject({ type: 'ArtifactMissing' });
  });

  it('pass as they stand, and when there are none', async () => {
    expect(await judge([clause])).toEqual({ verdict: 'accept' });
    expect(await judge([])).toEqual({ verdict: 'accept' });
  });
});
