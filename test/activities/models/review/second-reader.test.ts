import * as fc from 'fast-check';
import { type ClauseCategory, clauseCategories } from '../../../../src/contracts/clause';
import { type Comparison, type Risk, RiskAssessment } from '../../../../src/contracts/risk';
import type { Verdict } from '../../../../src/contracts/verdict';
import { assessRisks } from '../../../../src/activities/models/review/assess-risks';
import { comparePlaybook } from '../../../../src/activities/models/review/compare-playbook';
import { readAgain } from '../../../../src/activities/models/review/second-reader';
import { contractOf, noTerms, playbook, sampleReview } from './sample-review';

const { assessment: sound, comparisons, findings } = sampleReview();

function judged(assessment: RiskAssessment): Verdict {
  return readAgain({ assessment, comparisons, findings });
}

function withRisk(category: ClauseCategory, change: (risk: Risk) => Partial<Risk>): RiskAssessment {
  const target = sound.risks.find((risk) => risk.category === category)!;
  return { ...sound, risks: sound.risks.map((risk) => (risk === target ? { ...risk, ...change(risk) } : risk)) };
}

const without = (keep: (risk: Risk) => boolean): RiskAssessment => ({ ...sound, risks: sound.risks.filter(keep) });
const quoteOf = (category: ClauseCategory): Comparison['citations'][number] =>
  findings.find((one) => one.category === category)!.clauses[0]!;
const says = (words: string) => (risk: Risk) => ({ statement: `${risk.statement} ${words}` });

const falsehoods: [string, RiskAssessment, RegExp][] = [
  [
    'a deal-breaker that was dropped',
    without(({ severity }) => severity !== 'dealBreaker'),
    /Non-Compete: the comparison says dealBreaker, but no risk/,
  ],
  [
    'a deviation that was dropped',
    without(({ category }) => category !== 'Notice Period To Terminate Renewal'),
    /Notice Period To Terminate Renewal: the comparison says deviates/,
  ],
  [
    'a cap whose exception was dropped',
    without(({ statement }) => !statement.startsWith('Liability is both')),
    /Cap On Liability: liability is also uncapped/,
  ],
  [
    'a figure that was altered',
    withRisk('Non-Compete', says('It runs for 6 years.')),
    /R1: the figure 6 stands neither/,
  ],
  [
    'a figure that was altered in words',
    withRisk('Non-Compete', says('It runs for seven years.')),
    /R1: the figure seven/,
  ],
  [
    'a date that nobody stated',
    withRisk('Non-Compete', says('It begins on March 1, 2027.')),
    /R1: the date March 1, 2027/,
  ],
  [
    'a quotation that was altered',
    withRisk('Non-Compete', (risk) => ({ statement: risk.statement.replace('shall not', 'shall') })),
    /R1: the quotation “Buyer shall compete/,
  ],
  [
    'a quotation that was made up',
    withRisk('Non-Compete', says('It calls this "fair and reasonable".')),
    /R1: the quotation “fair and reasonable”/,
  ],
  [
    'a quote that is not in the contract',
    withRisk('Non-Compete', () => ({ citations: [{ quote: 'Buyer shall not compete.', anchor: 's-1' }] })),
    /R1: cites words that were not found at s-1/,
  ],
  [
    'a quote from another place',
    withRisk('Non-Compete', (risk) => ({ citations: risk.citations.map(({ quote }) => ({ quote, anchor: 's-2' })) })),
    /R1: cites words that were not found at s-2/,
  ],
  [
    'a quote of another category',
    withRisk('Non-Compete', () => ({ citations: [quoteOf('Governing Law')] })),
    /R1: cites no clause found under Non-Compete/,
  ],
  ['a risk that cites nothing', withRisk('Non-Compete', () => ({ citations: [] })), /R1: cites no clause;/],
  [
    'a severity below the playbook’s',
    withRisk('Cap On Liability', () => ({ severity: 'low' })),
    /R2: is low, the playbook says high/,
  ],
  [
    'a deal-breaker called high',
    withRisk('Non-Compete', () => ({ severity: 'high' })),
    /Non-Compete: the comparison is a deal-breaker, but no risk of that severity/,
  ],
  [
    'a deviation called a deal-breaker',
    withRisk('Cap On Liability', () => ({ severity: 'dealBreaker' })),
    /R2: is called a deal-breaker/,
  ],
  [
    'severities that were swapped',
    {
      ...sound,
      risks: sound.risks.map((risk) => ({
        ...risk,
        severity: risk.id === 'R1' ? 'low' : risk.id === 'R4' ? 'dealBreaker' : risk.severity,
      })),
    },
    /R4: is called a deal-breaker/,
  ],
  [
    'a recommendation that does not follow',
    { ...sound, recommendation: 'sign' },
    /recommendation is sign, but .* doNotSign/,
  ],
  ['a gap that was dropped', { ...sound, gaps: [] }, /Insurance: the clause is missing, but no gap/],
  [
    'a gap that was played down',
    { ...sound, gaps: sound.gaps.map((gap) => ({ ...gap, severity: 'low' })) },
    /Insurance: the gap is low, the playbook says medium/,
  ],
  [
    'a gap where a clause was found',
    { ...sound, gaps: [...sound.gaps, { ...sound.gaps[0]!, category: 'Governing Law' }] },
    /Governing Law: is called a gap, but the comparison says meetsPosition/,
  ],
  [
    'a gap with an invented figure',
    { ...sound, gaps: sound.gaps.map((gap) => ({ ...gap, statement: `${gap.statement} USD 5,000,000 is usual.` })) },
    /Insurance: the figure 5,000,000/,
  ],
  [
    'a risk that stands twice under one id',
    { ...sound, risks: [...sound.risks, sound.risks[0]!] },
    /R1: stands for more than one risk/,
  ],
  [
    'a summary that miscounts',
    { ...sound, summary: sound.summary.replace('2 high', '3 high') },
    /The summary: it says “3 high”, but there are 2/,
  ],
  [
    'a summary with a figure from nowhere',
    { ...sound, summary: `${sound.summary} The exposure is USD 750,000.` },
    /The summary: the figure 750,000 counts nothing here/,
  ],
];

describe('readAgain', () => {
  test.each(falsehoods)('sends back %s', (_falsehood, assessment, feedback) => {
    const verdict = judged(assessment);
    expect(verdict.verdict).toBe('retry');
    expect(verdict).toHaveProperty('feedback', expect.stringMatching(feedback));
  });

  test('lists ten problems at most, within the length of a verdict', () => {
    const risks = Array.from({ length: 150 }, (_, index) => ({
      ...sound.risks[0]!,
      id: `R${index + 1}`,
      citations: [{ quote: 'x'.repeat(4_000), anchor: 's-1' }],
    }));
    const verdict = judged({ ...sound, risks });
    const feedback = verdict.verdict === 'retry' ? verdict.feedback : '';
    expect(feedback).toMatch(/And \d+ more\.$/);
    expect(feedback.length).toBeLessThanOrEqual(4_000);
  });

  test('escalates laws that contradict each other when the comparison took one and no risk shows both', () => {
    const laws = contractOf([
      ['Governing Law', 'This Agreement is governed by the laws of the State of Delaware.'],
      ['Governing Law', 'This Agreement shall be governed by the laws of England.'],
    ]);
    const onlyLaw = { ...playbook, entries: playbook.entries.filter(({ category }) => category === 'Governing Law') };
    const compared = comparePlaybook(laws.findings, onlyLaw);
    const { quote, anchor } = laws.findings[0]!.clauses[0]!;
    const silent = assessRisks({ comparisons: compared, findings: laws.findings, terms: noTerms });
    const shown = assessRisks({
      comparisons: compared,
      findings: laws.findings,
      terms: { ...noTerms, governingLaw: { jurisdiction: 'Delaware', quote, anchor } },
    });
    const reading = { comparisons: compared, findings: laws.findings };
    expect(readAgain({ ...reading, assessment: silent })).toEqual({
      verdict: 'escalate',
      feedback: expect.stringMatching(
        /Governing Law: which of two clauses applies\? s-1: .*Delaware.*s-2: .*England/s,
      ) as string,
    });
    expect(readAgain({ ...reading, assessment: shown })).toEqual({ verdict: 'accept' });
  });

  test.each([
    ['the same law twice', 'is governed by the laws of Delaware'],
    ['a law for one matter only', 'is governed by the laws of England except for patents'],
  ])('does not escalate %s', (_fact, words) => {
    const laws = contractOf([
      ['Governing Law', 'This Agreement is governed by the laws of the State of Delaware.'],
      ['Governing Law', `This Agreement ${words}.`],
    ]);
    const onlyLaw = { ...playbook, entries: playbook.entries.filter(({ category }) => category === 'Governing Law') };
    const compared = comparePlaybook(laws.findings, onlyLaw);
    const assessment = assessRisks({ comparisons: compared, findings: laws.findings, terms: noTerms });
    expect(readAgain({ assessment, comparisons: compared, findings: laws.findings })).toEqual({ verdict: 'accept' });
  });

  test('escalates two dates on which all ends', () => {
    const ends = contractOf([
      ['Expiration Date', 'This Agreement expires on March 1, 2027.'],
      ['Expiration Date', 'This Agreement shall end on 31 December 2028.'],
    ]);
    const entry = { ...playbook.entries[3]!, category: 'Expiration Date' as const };
    const compared = comparePlaybook(ends.findings, { ...playbook, entries: [entry] });
    const assessment = assessRisks({ comparisons: compared, findings: ends.findings, terms: noTerms });
    expect(readAgain({ assessment, comparisons: compared, findings: ends.findings }).verdict).toBe('escalate');
  });

  test('accepts an assessment that says no more and no less than its sources', () => {
    expect(judged(sound)).toEqual({ verdict: 'accept' });
  });

  test('accepts figures written another way, and words in white space of another shape', () => {
    expect(judged(withRisk('Non-Compete', says('It runs for 5 years: “for a  period of\nfive (5) years”.')))).toEqual({
      verdict: 'accept',
    });
  });

  test('never sends back what the assessor makes of a contract, whatever the contract holds', () => {
    const fragment = fc.oneof(
      fc.constantFrom(
        '“',
        '”',
        '"',
        "'",
        '…',
        '\n',
        ' ',
        '(',
        ')',
        '30',
        'thirty (30) days',
        'two years',
        '1,000.50',
        'March 1, 2027',
        '2027-03-01',
      ),
      fc.constantFrom(
        'exclusive',
        'minimum',
        'except',
        'shall not exceed',
        'unlimited',
        'automatically renew',
        'consent',
        'perpetual',
        'during the Term',
        'terminate',
        'Supplier may',
        'non-refundable',
        'governed by the laws of Ohio',
        'expires on 1 May 2030',
      ),
      fc.lorem({ maxCount: 12 }),
      fc.string({ maxLength: 20, unit: 'binary' }),
    );
    const passage = fc.array(fragment, { minLength: 1, maxLength: 40 }).map((parts) => `x${parts.join(' ')}`);
    const property = fc.property(
      fc.array(fc.tuple(fc.constantFrom(...clauseCategories), passage), { maxLength: 30 }),
      (passages) => {
        const contract = contractOf(passages);
        const compared = comparePlaybook(contract.findings, playbook);
        const assessment = assessRisks({ comparisons: compared, findings: contract.findings, terms: noTerms });
        expect(RiskAssessment.parse(assessment)).toEqual(assessment);
        const verdict = readAgain({ assessment, comparisons: compared, findings: contract.findings });
        expect(verdict.verdict === 'retry' ? verdict.feedback : '').toBe('');
      },
    );
    fc.assert(property, { numRuns: 500 });
  });
});
