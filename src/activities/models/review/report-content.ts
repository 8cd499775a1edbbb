import type { ClauseCategory, ClauseFinding, Section } from '../../../contracts/clause';
import type { Comparison, Gap, Risk, RiskAssessment } from '../../../contracts/risk';
import type { Terms } from '../../../contracts/terms';
import { keyTerms } from './key-terms';
import { type CitedWords, indexQuotes, type Passage } from './quote-index';

/** A review that was signed off, with everything its report is written from. */
export interface SignedReview {
  readonly contract: { readonly name: string; readonly text: string; readonly sections: readonly Section[] };
  readonly findings: readonly ClauseFinding[];
  readonly terms: Terms;
  readonly comparisons: readonly Comparison[];
  readonly assessment: RiskAssessment;
  readonly signOff: {
    readonly decision: 'approve' | 'edit';
    readonly actor: string;
    readonly role: string;
    readonly comment: string | null;
    readonly decidedAt: string;
  };
  readonly playbook: { readonly name: string; readonly version: string };
  readonly weakCategories: readonly ClauseCategory[];
  /** Ids of the risks that a reader should turn to first. Default: none. */
  readonly readFirst?: readonly string[];
}

/** How many risks a report may say to read first. */
export const readFirstMax = 3;

/** What a statement rests on: numbers of quotes, and how many cited passages do not stand in the contract. */
export interface Basis {
  readonly quotes: readonly number[];
  readonly notFound: number;
}

/** A report before it is written in any format. All words are as they came: the formats escape them. */
export interface ReportContent {
  readonly contractName: string;
  readonly recommendation: RiskAssessment['recommendation'];
  readonly recommended: string;
  readonly summary: string;
  readonly readFirst: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly risks: readonly (Omit<Risk, 'citations'> & Basis)[];
  readonly gaps: readonly Gap[];
  readonly terms: readonly ({ readonly label: string; readonly value: string } & Basis)[];
  readonly clauses: readonly ClauseRow[];
  readonly weakCategories: readonly ClauseCategory[];
  readonly passages: readonly Passage[];
}

/** One category in the clause by clause table. */
interface ClauseRow extends Basis {
  readonly category: ClauseCategory;
  readonly standing: string;
  readonly tone: Comparison['standing'];
  readonly position: string;
  readonly weak: boolean;
}

/** Severities from the worst to the least, with the words a report uses for them. */
export const severityLabels = [
  ['dealBreaker', 'Deal-breaker'],
  ['high', 'High'],
  ['medium', 'Medium'],
  ['low', 'Low'],
] as const satisfies readonly (readonly [Risk['severity'], string])[];

const recommendations: Readonly<Record<RiskAssessment['recommendation'], string>> = {
  doNotSign: 'Do not sign',
  negotiate: 'Negotiate before signing',
  sign: 'Sign',
};

const standings: Readonly<Record<Comparison['standing'], string>> = {
  dealBreaker: 'Deal-breaker',
  deviates: 'Deviates',
  missing: 'Missing',
  meetsFallback: 'Meets the fall-back',
  meetsPosition: 'Meets the position',
  notInPlaybook: 'Not in the playbook',
};

/** Puts a review in the order in which a report tells it, and ties every statement to its quotes. */
export function reportContent(review: SignedReview): ReportContent {
  const { contract, assessment, comparisons, findings, signOff, playbook, weakCategories } = review;
  const terms = keyTerms(review.terms);
  const index = indexQuotes(contract, citedWords(review));
  const basisOf = (words: readonly Omit<CitedWords, 'citedBy'>[]): Basis => {
    const numbers = words.map((cited) => index.numberOf(cited));
    const found = numbers.filter((number) => number !== null);
    return { quotes: [...new Set(found)].sort((a, b) => a - b), notFound: numbers.length - found.length };
  };
  return {
    contractName: contract.name,
    recommendation: assessment.recommendation,
    recommended: recommendations[assessment.recommendation],
    summary: assessment.summary,
    readFirst: review.readFirst ?? [],
    facts: [
      ['Playbook', `${playbook.name}, version ${playbook.version}`],
      [
        'Sign-off',
        `${signOff.decision === 'edit' ? 'Edited and approved' : 'Approved'} by ${signOff.actor} (${signOff.role})`,
      ],
      ['Signed off at', readableTime(signOff.decidedAt)],
      ...(signOff.comment === null || signOff.comment.trim() === '' ? [] : [['Comment', signOff.comment] as const]),
    ],
    risks: assessment.risks.map(({ citations, ...risk }) => ({ ...risk, ...basisOf(citations) })),
    gaps: assessment.gaps,
    terms: terms.map(({ label, value, source }) => ({ label, value, ...basisOf(source ? [source] : []) })),
    clauses: comparisons.map(({ category, standing, position }) => ({
      category,
      standing: standings[standing],
      tone: standing,
      position,
      weak: weakCategories.includes(category),
      ...basisOf(findings.flatMap((finding) => (finding.category === category ? finding.clauses : []))),
    })),
    weakCategories,
    passages: index.passages,
  };
}

function citedWords({ findings, assessment, terms }: SignedReview): CitedWords[] {
  return [
    ...findings.flatMap(({ category, clauses }) => clauses.map((clause) => ({ ...clause, citedBy: category }))),
    ...assessment.risks.flatMap(({ id, citations }) => citations.map((citation) => ({ ...citation, citedBy: id }))),
    ...keyTerms(terms).flatMap(({ label, source }) => (source ? [{ ...source, citedBy: label }] : [])),
  ];
}

function readableTime(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
