import { riskAssessor } from '../../../../src/activities/models/forms/risk-assessor';
import { assessRisks, draftAssessment } from '../../../../src/activities/models/review/assess-risks';
import { nothingInvented } from '../../../../src/activities/rules/nothing-invented';
import { risksFollowFromComparisons } from '../../../../src/activities/rules/risks-follow-from-comparisons';
import { RiskAssessment } from '../../../../src/contracts/risk';
import { artifactsOf } from '../../rules/artifacts-of';
import { sampleReview } from '../review/sample-review';

const { findings, terms, comparisons } = sampleReview();
const input = { findings: [...findings], terms, comparisons: [...comparisons] };
const artifacts = artifactsOf({});
const roomy = { artifacts, openingBytesMax: 50_000 };
type Written = Parameters<typeof riskAssessor.join>[0][number]['points'];
const judge = (points: Written) => riskAssessor.faultOf?.({ part: 0, value: { points } }, input, roomy);

/** One word on every point, as bad as the playbook has it. */
function points(why = 'It would bind us for long'): Written {
  const { risks, gaps } = draftAssessment(input);
  return [
    ...risks.map(({ severity }, index) => ({ p: `P${index + 1}`, severity, why })),
    ...gaps.map(({ severity }, index) => ({ p: `G${index + 1}`, severity, why })),
  ];
}

describe('words that a model wrote on risks', () => {
  it('go back when a point is left out or made up', async () => {
    expect(await judge(points().slice(1))).toMatch(/P1: not answered/);
    expect(await judge([...points(), { p: 'P99', severity: 'low', why: 'It may.' }])).toMatch(/P99: nobody asked/);
  });

  it.each<[string, Partial<Written[number]>, RegExp]>([
    ['it calls a risk less than the playbook does', { severity: 'low' }, /P\d: is dealBreaker by the playbook/],
    ['it does not say why', { why: ' … ' }, /P\d: does not say why/],
    ['it says too much', { why: 'so '.repeat(101) }, /P\d: has 303 characters, at most 300/],
  ])('go back when %s', async (_why, change, fault) => {
    const worst = draftAssessment(input).risks.findIndex(({ severity }) => severity === 'dealBreaker');
    const written = points().map((point, index) => (index === worst ? { ...point, ...change } : point));
    expect(await judge(written)).toMatch(fault);
  });

  it('go back when they make a deal-breaker of what is none by the playbook', async () => {
    const worse = points().map((point) => ({ ...point, severity: 'dealBreaker' as const }));
    expect(await judge(worse)).toMatch(/the playbook calls it no deal-breaker/);
  });

  it('are held by the rules, once joined: a figure from nowhere does not pass', async () => {
    const output = RiskAssessment.parse(
      await riskAssessor.join([{ points: points('It costs us 777,123') }], input, roomy),
    );
    expect(await nothingInvented(output, { input, artifacts })).toMatchObject({ verdict: 'retry' });
  });

  it('stand after what code drafted, whose quotes, order and recommendation stay', async () => {
    const written = points();
    expect(await judge(written)).toBeUndefined();
    const output = RiskAssessment.parse(await riskAssessor.join([{ points: written }], input, roomy));
    const drafted = assessRisks(input);
    expect(output.recommendation).toBe(drafted.recommendation);
    expect(output.risks.map(({ id, severity, citations }) => ({ id, severity, citations }))).toEqual(
      drafted.risks.map(({ id, severity, citations }) => ({ id, severity, citations })),
    );
    for (const [index, { statement }] of output.risks.entries()) {
      expect(statement).toBe(`${drafted.risks[index]?.statement ?? ''} It would bind us for long.`);
    }
    expect(await nothingInvented(output, { input, artifacts })).toEqual({ verdict: 'accept' });
    expect(await risksFollowFromComparisons(output, { input, artifacts })).toEqual({ verdict: 'accept' });
  });
});
