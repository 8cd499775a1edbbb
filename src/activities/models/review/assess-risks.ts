import { clauseCategories, type ClauseFinding } from '../../../contracts/clause';
import type { Comparison, Gap, Risk, RiskAssessment } from '../../../contracts/risk';
import type { Terms } from '../../../contracts/terms';
import type { ContractReading, UnnumberedRisk } from './contract-reading';
import { excerpt, quoted } from './excerpt';
import { risksReadTogether } from './risks-read-together';
import { summarise } from './summarise';

const positionCharactersMax = 500;
const excerptCharactersMax = 240;
const dealBreakerExcerptCharactersMax = 400;
const risksMax = 200;
const order = ['dealBreaker', 'high', 'medium', 'low'] as const;

/** What an assessment is made from. */
export interface AssessmentBasis {
  readonly comparisons: readonly Comparison[];
  readonly findings: readonly ClauseFinding[];
  readonly terms: Terms;
}

/**
 * The risks and gaps that follow from a comparison, those that only show when clauses are read together, and the
 * recommendation: a deal-breaker ends the talks, anything of high severity is to be negotiated.
 *
 * Every risk cites clauses that were found, word for word. The worst come first; the same input gives the same ids.
 */
export function assessRisks(basis: AssessmentBasis): RiskAssessment {
  return assess({ ...draftAssessment(basis), comparisons: basis.comparisons });
}

/** The risks and gaps before they have their places, each with its statement, severity and the playbook's advice. */
export function draftAssessment({ comparisons, findings, terms }: AssessmentBasis): {
  readonly risks: readonly UnnumberedRisk[];
  readonly gaps: readonly Gap[];
} {
  const reading: ContractReading = {
    terms,
    clausesOf: (category) => findings.flatMap((finding) => (finding.category === category ? finding.clauses : [])),
  };
  return {
    risks: [
      ...comparisons.flatMap(riskOf),
      ...risksReadTogether(reading).map((draft) => ({ ...draft, severity: atLeastPlaybooks(draft, comparisons) })),
    ],
    gaps: comparisons.flatMap(gapOf),
  };
}

/** Puts drafts in their places, the worst first, numbers the risks, and says what follows from them. */
export function assess(drafts: {
  readonly risks: readonly UnnumberedRisk[];
  readonly gaps: readonly Gap[];
  readonly comparisons: readonly Comparison[];
}): RiskAssessment {
  const { comparisons } = drafts;
  const risks = [...drafts.risks]
    .sort((a, b) => rank(a) - rank(b) || clauseCategories.indexOf(a.category) - clauseCategories.indexOf(b.category))
    .slice(0, risksMax)
    .map((draft, index) => ({ id: `R${index + 1}`, ...draft }));
  const gaps = [...drafts.gaps].sort((a, b) => rank(a) - rank(b));
  const recommendation = recommend(risks, gaps);
  return { recommendation, summary: summarise({ recommendation, risks, gaps, comparisons }), risks, gaps };
}

function riskOf(comparison: Comparison): UnnumberedRisk[] {
  const { category, standing, severity, advice } = comparison;
  const citations = comparison.citations.slice(0, 25);
  const first = citations[0];
  if (!first) return [];
  const says = ` The contract says: ${quoted(first.quote, standing === 'dealBreaker' ? dealBreakerExcerptCharactersMax : excerptCharactersMax)}`;
  const asks = sentence(excerpt(comparison.position, { charactersMax: positionCharactersMax }));
  switch (standing) {
    case 'dealBreaker':
      return [{ category, severity: 'dealBreaker', statement: `A deal-breaker: ${asks}${says}`, advice, citations }];
    case 'deviates': {
      const statement = `Departs from the playbook, which asks: ${asks}${says}`;
      return [{ category, severity: severity ?? 'low', statement, advice, citations }];
    }
    case 'meetsFallback': {
      const statement = `Only the fall-back is met: ${asks}${says}`;
      return [{ category, severity: 'low', statement, advice, citations }];
    }
    case 'meetsPosition':
    case 'missing':
    case 'notInPlaybook':
      return [];
  }
}

function gapOf({ category, standing, severity, position, advice, citations }: Comparison): Gap[] {
  const asks = sentence(excerpt(position, { charactersMax: positionCharactersMax }));
  if (standing === 'missing') {
    const statement = `No clause on this was found. The playbook asks: ${asks}`;
    return [{ category, severity: severity ?? 'low', statement, advice }];
  }
  if (standing === 'meetsFallback' && citations.length === 0) {
    const statement = `No clause on this was found, which the fall-back accepts: ${asks}`;
    return [{ category, severity: 'low', statement, advice }];
  }
  return [];
}

/** A risk read from several clauses is no smaller than the deviation of the clause that it stands under. */
function atLeastPlaybooks(draft: UnnumberedRisk, comparisons: readonly Comparison[]): Risk['severity'] {
  const own = comparisons.find(({ category }) => category === draft.category);
  const departs = own?.standing === 'deviates' || own?.standing === 'dealBreaker';
  const playbooks = departs ? own.severity : null;
  return playbooks !== null && order.indexOf(playbooks) < rank(draft) ? playbooks : draft.severity;
}

function recommend(risks: readonly Risk[], gaps: readonly Gap[]): RiskAssessment['recommendation'] {
  if (risks.some(({ severity }) => severity === 'dealBreaker')) return 'doNotSign';
  return [...risks, ...gaps].some(({ severity }) => severity === 'high') ? 'negotiate' : 'sign';
}

function rank({ severity }: { readonly severity: Risk['severity'] }): number {
  return order.indexOf(severity);
}

function sentence(words: string): string {
  return /[.!?…]["”’)]?$/.test(words) ? words : `${words}.`;
}
