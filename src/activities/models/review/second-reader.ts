import type { ClauseFinding } from '../../../contracts/clause';
import type { Comparison, Risk, RiskAssessment } from '../../../contracts/risk';
import type { Verdict } from '../../../contracts/verdict';
import { contradictionsIn } from './contradictions';
import { inventedIn, miscountedIn } from './invented';

const feedbackCharactersMax = 4_000;
const problemCharactersMax = 350;
const problemsMax = 10;
const severities = ['low', 'medium', 'high', 'dealBreaker'] as const;

interface Reading {
  readonly assessment: RiskAssessment;
  readonly comparisons: readonly Comparison[];
  readonly findings: readonly ClauseFinding[];
}

/**
 * Judges an assessment against the comparison and the clauses it came from, by rules of its own.
 *
 * `retry` lists what is wrong with the assessment. `escalate` means that the assessment follows from its sources but
 * the sources do not decide: two clauses contradict each other outright, the comparison took their category as in
 * order, and no risk puts both before the person who signs off.
 */
export function readAgain(reading: Reading): Verdict {
  const problems = checks.flatMap((check) => check(reading));
  if (problems.length > 0) return { verdict: 'retry', feedback: listed('The assessment is wrong.', problems) };
  const open = undecided(reading);
  if (open.length > 0) return { verdict: 'escalate', feedback: listed('Rules cannot decide this.', open) };
  return { verdict: 'accept' };
}

const checks: readonly ((reading: Reading) => string[])[] = [
  deviationsWithoutRisk,
  capsWithoutTheirExceptions,
  missingWithoutGap,
  citationsNotFound,
  severitiesTooLowOrUnfounded,
  gapsUnfounded,
  recommendationNotFollowing,
  idsRepeated,
  inventions,
];

function deviationsWithoutRisk({ assessment, comparisons }: Reading): string[] {
  return comparisons.flatMap(({ category, standing, citations }) => {
    if (citations.length === 0 || !['dealBreaker', 'deviates', 'meetsFallback'].includes(standing)) return [];
    const own = assessment.risks.filter((risk) => risk.category === category && sharesQuote(risk.citations, citations));
    if (own.length === 0) return [`${category}: the comparison says ${standing}, but no risk cites its clauses.`];
    const broken = standing === 'dealBreaker' && !own.some(({ severity }) => severity === 'dealBreaker');
    return broken
      ? [`${category}: the comparison is a deal-breaker, but no risk of that severity cites its clauses.`]
      : [];
  });
}

function capsWithoutTheirExceptions({ assessment, findings }: Reading): string[] {
  const [caps, open] = (['Cap On Liability', 'Uncapped Liability'] as const).map((category) =>
    findings.flatMap((finding) => (finding.category === category ? finding.clauses : [])),
  );
  if (!caps?.length || !open?.length) return [];
  const together = assessment.risks.some(
    (risk) => sharesQuote(risk.citations, caps) && sharesQuote(risk.citations, open),
  );
  return together ? [] : ['Cap On Liability: liability is also uncapped, but no risk cites both clauses.'];
}

function missingWithoutGap({ assessment, comparisons }: Reading): string[] {
  return comparisons.flatMap(({ category, standing, severity }) => {
    if (standing !== 'missing') return [];
    const gap = assessment.gaps.find((candidate) => candidate.category === category);
    if (!gap) return [`${category}: the clause is missing, but no gap says so.`];
    return severity !== null && below(gap.severity, severity)
      ? [`${category}: the gap is ${gap.severity}, the playbook says ${severity}.`]
      : [];
  });
}

function citationsNotFound({ assessment, findings }: Reading): string[] {
  const clauses = findings.flatMap((finding) => finding.clauses);
  return assessment.risks.flatMap((risk) => {
    if (risk.citations.length === 0) return [`${risk.id}: cites no clause; what is absent belongs among the gaps.`];
    const foreign = risk.citations.filter(
      ({ quote, anchor }) => !clauses.some((clause) => clause.quote === quote && clause.anchor === anchor),
    );
    const own = clauses.filter((clause) => clause.category === risk.category);
    return [
      ...foreign.map(({ quote, anchor }) => `${risk.id}: cites words that were not found at ${anchor}: “${quote}”.`),
      ...(sharesQuote(risk.citations, own) ? [] : [`${risk.id}: cites no clause found under ${risk.category}.`]),
    ];
  });
}

function severitiesTooLowOrUnfounded({ assessment, comparisons }: Reading): string[] {
  return assessment.risks.flatMap(({ id, category, severity }) => {
    const comparison = comparisons.find((candidate) => candidate.category === category);
    const standing = comparison?.standing;
    if (severity === 'dealBreaker' && standing !== 'dealBreaker') {
      return [`${id}: is called a deal-breaker, but the comparison of ${category} says ${standing ?? 'nothing'}.`];
    }
    const asked = standing === 'deviates' || standing === 'dealBreaker' ? (comparison?.severity ?? null) : null;
    return asked !== null && below(severity, asked) ? [`${id}: is ${severity}, the playbook says ${asked}.`] : [];
  });
}

function gapsUnfounded({ assessment, comparisons }: Reading): string[] {
  return assessment.gaps.flatMap(({ category }) => {
    const comparison = comparisons.find((candidate) => candidate.category === category);
    const absent = comparison?.citations.length === 0 && ['missing', 'meetsFallback'].includes(comparison.standing);
    return absent
      ? []
      : [`${category}: is called a gap, but the comparison says ${comparison?.standing ?? 'nothing'}.`];
  });
}

function recommendationNotFollowing({ assessment }: Reading): string[] {
  const given = [...assessment.risks, ...assessment.gaps].map(({ severity }) => severities.indexOf(severity));
  const worst = severities[Math.max(0, ...given)] ?? 'low';
  const follows = { low: 'sign', medium: 'sign', high: 'negotiate', dealBreaker: 'doNotSign' }[worst];
  return assessment.recommendation === follows
    ? []
    : [`The recommendation is ${assessment.recommendation}, but from the severities follows ${follows}.`];
}

function idsRepeated({ assessment }: Reading): string[] {
  const ids = assessment.risks.map(({ id }) => id);
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id}: stands for more than one risk.`);
}

function inventions({ assessment, comparisons, findings }: Reading): string[] {
  const categoriesOf = ({ category, citations }: Risk): ReadonlySet<string> => {
    const cited = findings.filter((finding) => sharesQuote(finding.clauses, citations));
    return new Set([category, ...cited.map((finding) => finding.category)]);
  };
  const wordsOn = (categories: ReadonlySet<string>): string[] =>
    comparisons
      .filter(({ category }) => categories.has(category))
      .flatMap(({ position, advice }) => [position, advice]);
  const said = [
    ...assessment.risks.map((risk) => ({
      where: risk.id,
      statement: risk.statement,
      sources: [...risk.citations.map(({ quote }) => quote), ...wordsOn(categoriesOf(risk))],
    })),
    ...assessment.gaps.map(({ category, statement }) => ({
      where: category,
      statement,
      sources: wordsOn(new Set([category])),
    })),
  ];
  return [
    ...said.flatMap(({ where, statement, sources }) =>
      inventedIn(statement, sources).map(
        (fact) => `${where}: ${fact} stands neither in its citations nor in the playbook.`,
      ),
    ),
    ...miscountedIn(assessment, comparisons).map((fact) => `The summary: ${fact}.`),
  ];
}

function undecided({ assessment, comparisons, findings }: Reading): string[] {
  return contradictionsIn(findings).flatMap(({ category, one, other }) => {
    const standing = comparisons.find((comparison) => comparison.category === category)?.standing;
    const taken = standing === 'meetsPosition' || standing === 'meetsFallback';
    const shown = assessment.risks.some(
      ({ citations }) => sharesQuote(citations, [one]) && sharesQuote(citations, [other]),
    );
    if (!taken || shown) return [];
    return [
      `${category}: which of two clauses applies? ${one.anchor}: “${clip(one.quote, 120)}” ${other.anchor}: “${clip(other.quote, 120)}”`,
    ];
  });
}

interface Quoted {
  readonly quote: string;
  readonly anchor: string;
}

function sharesQuote(some: readonly Quoted[], others: readonly Quoted[]): boolean {
  return some.some(({ quote, anchor }) => others.some((other) => other.quote === quote && other.anchor === anchor));
}

function below(given: Risk['severity'], asked: Risk['severity']): boolean {
  return severities.indexOf(given) < severities.indexOf(asked);
}

function listed(opening: string, problems: readonly string[]): string {
  const shown = problems.slice(0, problemsMax).map((problem) => `- ${clip(problem, problemCharactersMax)}`);
  const more = problems.length > problemsMax ? [`- And ${problems.length - problemsMax} more.`] : [];
  return [opening, ...shown, ...more].join('\n').slice(0, feedbackCharactersMax);
}

function clip(text: string, charactersMax: number): string {
  return text.length > charactersMax ? `${text.slice(0, charactersMax - 1)}…` : text;
}
