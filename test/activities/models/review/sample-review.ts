import {
  clauseCategories,
  type Clause,
  type ClauseCategory,
  type ClauseFinding,
  type Section,
} from '../../../../src/contracts/clause';
import type { Playbook } from '../../../../src/contracts/playbook';
import type { Terms } from '../../../../src/contracts/terms';
import { assessRisks } from '../../../../src/activities/models/review/assess-risks';
import { comparePlaybook } from '../../../../src/activities/models/review/compare-playbook';
import type { SignedReview } from '../../../../src/activities/models/review/report-content';

type Passages = readonly (readonly [ClauseCategory, string])[];

/** Terms of which nothing could be read. */
export const noTerms: Terms = {
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

/** A contract of numbered sections, one for each passage, and the findings of a search for every category. */
export function contractOf(passages: Passages): {
  readonly text: string;
  readonly sections: Section[];
  readonly findings: ClauseFinding[];
} {
  let text = 'SUPPLY AGREEMENT\n\n';
  const sections: Section[] = [{ anchor: 's-0', heading: 'Opening', start: 0, end: text.length }];
  const clauses: Clause[] = passages.map(([category, quote], index) => {
    const heading = `${index + 1}. ${category}`;
    const sectionStart = text.length;
    text += `${heading}\n`;
    const start = text.length;
    text += `${quote}\n\n`;
    const anchor = `s-${index + 1}`;
    sections.push({ anchor, heading, start: sectionStart, end: text.length });
    return { category, quote, anchor, start, end: start + quote.length };
  });
  const categories = [...new Set([...clauses.map(({ category }) => category), ...clauseCategories])];
  const findings = categories.map((category) => ({
    category,
    clauses: clauses.filter((clause) => clause.category === category),
  }));
  return { text, sections, findings };
}

/** A small playbook of a buyer. */
export const playbook: Playbook = {
  name: 'Buying',
  version: '1.2.0',
  owner: 'legal',
  side: 'the buyer',
  entries: [
    {
      category: 'Cap On Liability',
      position: 'Liability is capped at the fees of 12 months.',
      positionTests: [{ test: 'mentions', anyOf: ['twelve (12) months', '12 months'] }],
      fallback: 'Liability is capped at a stated sum.',
      fallbackTests: [{ test: 'mentions', anyOf: ['USD'] }],
      severity: 'high',
      advice: 'Ask for a cap at the fees of 12 months.',
    },
    {
      category: 'Non-Compete',
      position: 'No restriction on competing.',
      positionTests: [{ test: 'absent' }],
      dealBreaker: 'A restriction on competing of five years or more.',
      dealBreakerTests: [{ test: 'daysAtLeast', days: 1825 }],
      severity: 'medium',
      advice: 'Strike it.',
    },
    {
      category: 'Notice Period To Terminate Renewal',
      position: 'A renewal can be stopped by a notice of at most 60 days.',
      positionTests: [{ test: 'daysAtMost', days: 60 }],
      severity: 'low',
      advice: 'Shorten the notice.',
    },
    {
      category: 'Insurance',
      position: 'The supplier is insured.',
      positionTests: [{ test: 'present' }],
      severity: 'medium',
      advice: 'Ask for insurance.',
    },
    {
      category: 'Governing Law',
      position: 'The law of Delaware.',
      positionTests: [{ test: 'mentions', anyOf: ['Delaware'] }],
      severity: 'low',
      advice: 'Propose Delaware.',
    },
  ],
};

const passages: Passages = [
  [
    'Non-Compete',
    'Buyer shall not compete with Supplier for a period of five (5) years after the end of this Agreement.',
  ],
  [
    'Cap On Liability',
    "Except for breach of Section 9, Supplier's liability shall not exceed the price of the last order.",
  ],
  ['Uncapped Liability', 'Supplier shall be liable without limitation for infringement of third-party rights.'],
  [
    'Notice Period To Terminate Renewal',
    'This Agreement renews for one (1) year unless a party gives ninety (90) days prior written notice.',
  ],
  ['Governing Law', 'This Agreement is governed by the laws of the State of Delaware.'],
  ['Parties', 'Ostrelle Home Appliances Corporation ("Buyer")'],
];

/** A whole review of a sample contract: a deal-breaker, deviations, a gap, and clauses to be read together. */
export function sampleReview(): SignedReview {
  const { text, sections, findings } = contractOf(passages);
  const quoteOf = (category: ClauseCategory): { quote: string; anchor: string } => {
    const { quote, anchor } = findings.find((finding) => finding.category === category)!.clauses[0]!;
    return { quote, anchor };
  };
  const terms: Terms = {
    ...noTerms,
    parties: [{ name: 'Ostrelle Home Appliances Corporation', role: 'Buyer', ...quoteOf('Parties') }],
    renewalNotice: { amount: 90, unit: 'day', ...quoteOf('Notice Period To Terminate Renewal') },
    governingLaw: { jurisdiction: 'Delaware', ...quoteOf('Governing Law') },
    amounts: [{ amountMinor: 1_234_567, currency: 'USD', about: 'sample', ...quoteOf('Cap On Liability') }],
  };
  const comparisons = comparePlaybook(findings, playbook);
  return {
    contract: { name: 'supply.txt', text, sections },
    findings,
    terms,
    comparisons,
    assessment: assessRisks({ comparisons, findings, terms }),
    signOff: {
      decision: 'approve',
      actor: 'ada',
      role: 'counsel',
      comment: null,
      decidedAt: '2026-11-21T06:30:00.000Z',
    },
    playbook: { name: playbook.name, version: playbook.version },
    weakCategories: ['Insurance'],
  };
}
