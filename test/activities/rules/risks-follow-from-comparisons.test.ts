import { risksFollowFromComparisons } from '../../../src/activities/rules/risks-follow-from-comparisons';
import type { Risk, RiskAssessment } from '../../../src/contracts/risk';
import { sampleReview } from '../models/review/sample-review';
import { artifactsOf } from './artifacts-of';

const { assessment: right, comparisons, findings, terms } = sampleReview();
const judge = (assessment: RiskAssessment) =>
  risksFollowFromComparisons(assessment, { input: { comparisons, findings, terms }, artifacts: artifactsOf({}) });
const withRisk = (id: string, change: (risk: Risk) => Partial<Risk>): RiskAssessment => ({
  ...right,
  risks: right.risks.map((risk) => (risk.id === id ? { ...risk, ...change(risk) } : risk)),
});
const compete = right.risks.find(({ category }) => category === 'Non-Compete')!;
const together = right.risks.find(({ citations }) => citations.length > 1)!;
const gap = right.gaps[0]!;

describe('an assessment', () => {
  it.each<[string, RiskAssessment, RegExp]>([
    [
      'a risk that cites too little',
      withRisk(compete.id, () => ({ citations: [] })),
      /Non-Compete: no risk cites all 1/,
    ],
    ['other advice', withRisk(compete.id, () => ({ advice: 'Sign it.' })), /Non-Compete: no risk gives the playbook’s/],
    [
      'a risk that no longer quotes',
      withRisk(compete.id, ({ statement }) => ({ statement: statement.replace(/“.*”/s, '') })),
      /Non-Compete: no risk with its advice quotes a clause/,
    ],
    [
      'clauses that were torn apart',
      withRisk(together.id, ({ citations }) => ({ citations: citations.slice(0, 1) })),
      /no risk cites the clauses at s-\d+ and s-\d+ together/,
    ],
    ['numbers out of order', { ...right, risks: [...right.risks].reverse() }, /R1: is number \d/],
    [
      'a name from elsewhere',
      withRisk(compete.id, ({ statement }) => ({ statement: `${statement} It binds Delaware Insurance too.` })),
      /the name Delaware Insurance stands in none of its own clauses/,
    ],
    [
      'a gap with other advice',
      { ...right, gaps: [{ ...gap, advice: 'Strike it.' }, ...right.gaps.slice(1)] },
      /Insurance: the gap’s advice is not the playbook’s/,
    ],
    [
      'a gap with another’s name',
      { ...right, gaps: [{ ...gap, statement: `${gap.statement} Ask Delaware for it.` }, ...right.gaps.slice(1)] },
      /the gap Insurance: the name Ask Delaware stands in none/,
    ],
    [
      'a summary that leaves the worst out',
      { ...right, summary: right.summary.replaceAll('Non-Compete', 'Warranty Duration') },
      /summary: does not name Non-Compete/,
    ],
  ])('goes back with %s', async (_what, assessment, feedback) => {
    expect(await judge(assessment)).toMatchObject({
      verdict: 'retry',
      feedback: expect.stringMatching(feedback) as string,
    });
  });

  it('passes as it was made', async () => {
    expect(await judge(right)).toEqual({ verdict: 'accept' });
  });
});
