import type { ClauseCategory } from '../../../../src/contracts/clause';
import { RiskAssessment } from '../../../../src/contracts/risk';
import type { Terms } from '../../../../src/contracts/terms';
import { assessRisks } from '../../../../src/activities/models/review/assess-risks';
import { comparePlaybook } from '../../../../src/activities/models/review/compare-playbook';
import { contractOf, noTerms, playbook, sampleReview } from './sample-review';

type Passage = readonly [ClauseCategory, string];

const emptyPlaybook = { ...playbook, entries: [] };

/** The risks that show without any playbook: those of clauses read together. */
function readTogether(passages: readonly Passage[], terms: Partial<Terms> = {}): RiskAssessment {
  const { findings } = contractOf(passages);
  const comparisons = comparePlaybook(findings, emptyPlaybook);
  return assessRisks({ comparisons, findings, terms: { ...noTerms, ...terms } });
}

type Duration = NonNullable<Terms['initialTerm']>;

function term(amount: number, unit: Duration['unit'], [quote, anchor]: readonly [string, string]): Duration {
  return { amount, unit, quote, anchor };
}

describe('assessRisks', () => {
  test('recommends not to sign over a deal-breaker, to negotiate over anything high, else to sign', () => {
    const assess = (passages: readonly Passage[]): string => {
      const { findings } = contractOf(passages);
      return assessRisks({ comparisons: comparePlaybook(findings, playbook), findings, terms: noTerms }).recommendation;
    };
    expect(assess([['Non-Compete', 'No competing for six (6) years.']])).toBe('doNotSign');
    expect(assess([])).toBe('negotiate');
    expect(
      assess([
        ['Cap On Liability', 'The cap is USD 5.'],
        ['Non-Compete', 'None for 1 year.'],
      ]),
    ).toBe('sign');
  });

  test('makes a risk of every deviation, fall-back and deal-breaker, each citing its clauses, and a gap of what is missing', () => {
    const { comparisons, assessment } = sampleReview();
    const cited = (category: ClauseCategory): unknown =>
      comparisons.find((one) => one.category === category)?.citations;
    expect(assessment.risks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          id: 'R1',
          category: 'Non-Compete',
          severity: 'dealBreaker',
          citations: cited('Non-Compete'),
        }),
        expect.objectContaining({
          category: 'Cap On Liability',
          severity: 'high',
          citations: cited('Cap On Liability'),
        }),
        expect.objectContaining({ category: 'Notice Period To Terminate Renewal', severity: 'low' }),
      ]),
    );
    expect(assessment.gaps.map(({ category, severity }) => [category, severity])).toEqual([['Insurance', 'medium']]);
    expect(assessment.risks.map(({ category }) => category)).not.toContain('Governing Law');
  });

  test('cites the contract in its statements word for word, and the playbook', () => {
    const { assessment } = sampleReview();
    expect(assessment.risks[0]?.statement).toBe(
      'A deal-breaker: A restriction on competing of five years or more. The contract says: “Buyer shall not compete with Supplier for a period of five (5) years after the end of this Agreement.”',
    );
  });

  test('numbers the worst first, gives the same for the same input, and keeps to the schema', () => {
    const { assessment } = sampleReview();
    expect(assessment.risks.map(({ id }) => id)).toEqual(assessment.risks.map((_, index) => `R${index + 1}`));
    const ranks = assessment.risks.map(({ severity }) => ['dealBreaker', 'high', 'medium', 'low'].indexOf(severity));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(sampleReview().assessment).toEqual(assessment);
    expect(RiskAssessment.parse(assessment)).toEqual(assessment);
  });

  test('counts in its summary what it found', () => {
    expect(sampleReview().assessment.summary).toMatch(
      /^Do not sign .* 4 risks: 1 deal-breaker, 2 high, 1 low\. It found 1 gap, .*: Insurance\. What ends the talks: Non-Compete\./,
    );
  });

  test('accepts a long position and a long clause without breaking the schema', () => {
    const long = 'word '.repeat(190).trim();
    const entry = { ...playbook.entries[0]!, position: long, advice: long };
    const { findings } = contractOf([['Cap On Liability', long.repeat(3)]]);
    const comparisons = comparePlaybook(findings, { ...playbook, entries: [entry] });
    const assessment = assessRisks({ comparisons, findings, terms: noTerms });
    expect(RiskAssessment.parse(assessment).risks).toHaveLength(1);
  });
});

describe('assessRisks, reading clauses together', () => {
  const cap = 'Supplier’s total liability shall not exceed the fees paid.';
  const open = 'Supplier is liable without limit for breach of confidence.';

  test('sees a cap beside an uncapped liability that do not know of each other as high, and cites both', () => {
    const { risks } = readTogether([
      ['Cap On Liability', cap],
      ['Uncapped Liability', open],
    ]);
    expect(risks).toHaveLength(1);
    expect(risks[0]).toMatchObject({ category: 'Cap On Liability', severity: 'high' });
    expect(risks[0]?.statement).toContain(`The cap covers: “${cap}” It does not cover: “${open}”`);
    expect(risks[0]?.citations.map(({ quote }) => quote)).toEqual([cap, open]);
  });

  test('sees an exception that names itself as one as medium', () => {
    const carveOut = 'The cap shall not apply to breach of confidence.';
    const { risks } = readTogether([
      ['Cap On Liability', cap],
      ['Uncapped Liability', carveOut],
    ]);
    expect(risks[0]).toMatchObject({ severity: 'medium' });
  });

  test('sees a cap that protects one side beside the other’s open liability, whatever their wording', () => {
    const { risks } = readTogether([
      ['Cap On Liability', 'Notwithstanding anything else, in no event shall Supplier be liable for lost profits.'],
      ['Uncapped Liability', "The Buyer's liability under Section 9 shall be unlimited."],
    ]);
    expect(risks[0]).toMatchObject({ severity: 'high' });
    expect(risks[0]?.statement).toContain('They speak of different sides');
  });

  test('does not take both sides for different ones', () => {
    const { risks } = readTogether([
      ['Cap On Liability', 'Except for fraud, in no event shall either party be liable for lost profits.'],
      ['Uncapped Liability', "The Buyer's liability under Section 9 shall be unlimited."],
    ]);
    expect(risks[0]).toMatchObject({ severity: 'medium' });
  });

  test('sees nothing in a cap alone', () => {
    expect(readTogether([['Cap On Liability', cap]]).risks).toEqual([]);
  });

  test('sees a notice that is as long as the term it is to end', () => {
    const quote = 'renews each year unless notice is given twelve months before';
    const fixed = 'The term is one (1) year.';
    const passages: Passage[] = [
      ['Notice Period To Terminate Renewal', quote],
      ['Expiration Date', fixed],
    ];
    const initialTerm = term(1, 'year', [fixed, 's-2']);
    const late = readTogether(passages, { renewalNotice: term(365, 'day', [quote, 's-1']), initialTerm });
    expect(late.risks[0]).toMatchObject({ category: 'Notice Period To Terminate Renewal', severity: 'high' });
    expect(late.risks[0]?.citations).toHaveLength(2);
    expect(readTogether(passages, { renewalNotice: term(90, 'day', [quote, 's-1']), initialTerm }).risks).toEqual([]);
  });

  test('sees a notice that was due before the contract began, by its dates', () => {
    const quote = 'unless notice is given ninety (90) days before';
    const end = 'This Agreement expires on March 1, 2026.';
    const passages: Passage[] = [
      ['Notice Period To Terminate Renewal', quote],
      ['Expiration Date', end],
    ];
    const dates = (start: string): Partial<Terms> => ({
      renewalNotice: term(90, 'day', [quote, 's-1']),
      expirationDate: { date: '2026-03-01', derived: false, quote: end, anchor: 's-2' },
      effectiveDate: { date: start, quote: end, anchor: 's-2' },
    });
    expect(readTogether(passages, dates('2026-01-15')).risks).toHaveLength(1);
    expect(readTogether(passages, dates('2025-01-15')).risks).toEqual([]);
  });

  test('does not cite a term whose quote was not found among the clauses', () => {
    const renewalNotice = term(365, 'day', ['words from elsewhere', 's-9']);
    expect(readTogether([], { renewalNotice, initialTerm: term(1, 'year', ['words', 's-9']) }).risks).toEqual([]);
  });

  test('sees a renewal that comes by itself and that nothing stops', () => {
    const automatic = 'This Agreement shall automatically renew for one year.';
    expect(readTogether([['Renewal Term', automatic]]).risks[0]).toMatchObject({ category: 'Renewal Term' });
    expect(readTogether([['Renewal Term', `${automatic.slice(0, -1)} unless terminated.`]]).risks).toEqual([]);
  });

  test('sees exclusivity together with a minimum, but not a non-exclusive right with one', () => {
    const minimum: Passage = ['Minimum Commitment', 'Buyer shall order at least 500 units a year.'];
    const risks = readTogether([minimum, ['Exclusivity', 'Buyer shall buy exclusively from Supplier.']]).risks;
    expect(risks[0]).toMatchObject({ category: 'Minimum Commitment', severity: 'medium' });
    expect(readTogether([minimum, ['Exclusivity', 'Buyer has a non-exclusive right.']]).risks).toEqual([]);
  });

  test('sees a one-sided way out where money is paid ahead, the worse when it is not refunded', () => {
    const exit: Passage = [
      'Termination For Convenience',
      'Supplier may terminate this Agreement at any time on 30 days notice.',
    ];
    const mutual: Passage = ['Termination For Convenience', 'Either party may terminate at any time.'];
    const ahead: Passage = ['License Grant', 'The licence is granted against fees payable annually in advance.'];
    const lost: Passage = ['License Grant', 'The licence fee is non-refundable.'];
    expect(readTogether([exit, ahead]).risks[0]).toMatchObject({
      category: 'Termination For Convenience',
      severity: 'medium',
    });
    expect(readTogether([exit, lost]).risks[0]).toMatchObject({ severity: 'high' });
    expect(readTogether([mutual, ahead]).risks).toEqual([]);
    expect(
      readTogether([exit, ['Termination For Convenience', 'Buyer may terminate at any time.'], ahead]).risks,
    ).toEqual([]);
    expect(readTogether([exit]).risks).toEqual([]);
    expect(readTogether([['Termination For Convenience', 'Supplier may raise its prices.'], ahead]).risks).toEqual([]);
  });

  test('sees a restriction that outlasts the term', () => {
    const fixed = 'The term is one (1) year.';
    const passages = (years: string): Passage[] => [
      ['Non-Compete', `No competing for ${years}.`],
      ['Expiration Date', fixed],
    ];
    const initialTerm = term(1, 'year', [fixed, 's-2']);
    expect(readTogether(passages('three (3) years'), { initialTerm }).risks[0]).toMatchObject({
      category: 'Non-Compete',
    });
    expect(readTogether(passages('six (6) months'), { initialTerm }).risks).toEqual([]);
  });

  test('sees two laws in one contract', () => {
    const ohio = 'This Agreement is governed by the laws of Ohio.';
    const governingLaw = { jurisdiction: 'Ohio', quote: ohio, anchor: 's-1' };
    const other: Passage = ['Governing Law', 'This Agreement is governed by the laws of England.'];
    expect(readTogether([['Governing Law', ohio], other], { governingLaw }).risks[0]).toMatchObject({
      severity: 'high',
    });
    expect(readTogether([['Governing Law', ohio]], { governingLaw }).risks).toEqual([]);
  });

  test('sees a perpetual licence beside one for the term, and a sale that is held up both ways', () => {
    const licences = readTogether([
      ['License Grant', 'A licence to use the Software during the Term.'],
      ['Irrevocable Or Perpetual License', 'A perpetual licence to the Output.'],
    ]);
    expect(licences.risks[0]).toMatchObject({ category: 'Irrevocable Or Perpetual License' });
    const sale = readTogether([
      ['Change Of Control', 'Supplier may terminate upon a change of control of Buyer.'],
      ['Anti-Assignment', 'Buyer may not assign without consent.'],
    ]);
    expect(sale.risks[0]).toMatchObject({ category: 'Change Of Control' });
  });
});
