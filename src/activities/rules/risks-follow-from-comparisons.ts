import type { ClauseFinding } from '../../contracts/clause';
import type { Comparison, Gap, Risk, RiskAssessment } from '../../contracts/risk';
import type { Terms } from '../../contracts/terms';
import type { Verdict } from '../../contracts/verdict';
import { risksReadTogether } from '../models/review/risks-read-together';
import { inventionsIn } from './facts/inventions';
import { takeApart } from './facts/leaves';
import { quotedParts, squeeze, takeQuotations } from './facts/quotations';
import { sourcesOf } from './facts/sources';
import type { RuleContext } from './rule';
import { verdictOn } from './verdict-on';

interface Input {
  readonly comparisons: readonly Comparison[];
  readonly findings: readonly ClauseFinding[];
  readonly terms: Terms;
}

const toBeAnswered: readonly Comparison['standing'][] = ['dealBreaker', 'deviates', 'meetsFallback'];

/**
 * Every comparison that is not as the playbook wants it has a risk that cites all its clauses, quotes one of them and
 * gives the playbook's advice; so has what is dangerous only together, as far as the clauses' own words decide it. What
 * a risk or a gap states comes from its own clauses and comparisons, not from others; the summary names the worst; and
 * risks are numbered in order.
 */
export async function risksFollowFromComparisons(
  assessment: RiskAssessment,
  context: RuleContext<Input>,
): Promise<Verdict> {
  const { input } = context;
  const problems = [
    ...assessment.risks.flatMap(({ id }, index) => (id === `R${index + 1}` ? [] : [`${id}: is number ${index + 1}`])),
    ...input.comparisons.flatMap((comparison) => unanswered(comparison, assessment)),
    ...readTogether(assessment, input),
    ...assessment.gaps.flatMap((gap) => adviceOf(gap, input)),
    ...unnamed(assessment),
    ...(await foreign(assessment, context)),
  ];
  return verdictOn('The assessment does not follow from the comparisons.', problems);
}

function unanswered({ category, standing, citations, advice }: Comparison, { risks }: RiskAssessment): string[] {
  if (!toBeAnswered.includes(standing) || citations.length === 0) return [];
  const answers = risks.filter((risk) => risk.category === category && citesAll(risk, citations));
  const advised = answers.filter((risk) => risk.advice === advice);
  if (answers.length === 0) return [`${category}: no risk cites all ${citations.length} clauses that were compared`];
  if (advised.length === 0) return [`${category}: no risk gives the playbook’s advice`];
  return advised.some(quotesItsClause) ? [] : [`${category}: no risk with its advice quotes a clause of it`];
}

function quotesItsClause({ statement, citations }: Risk): boolean {
  const parts = takeQuotations(statement).quotations.flatMap(quotedParts);
  return parts.some((part) => citations.some(({ quote }) => squeeze(quote).includes(squeeze(part))));
}

function readTogether({ risks }: RiskAssessment, { findings, terms }: Input): string[] {
  const clausesOf = (category: Comparison['category']) =>
    findings.flatMap((finding) => (finding.category === category ? finding.clauses : []));
  return risksReadTogether({ terms, clausesOf }).flatMap(({ category, citations, advice }) =>
    risks.some((risk) => risk.category === category && citesAll(risk, citations) && risk.advice === advice)
      ? []
      : [`${category}: no risk cites the clauses at ${citations.map(({ anchor }) => anchor).join(' and ')} together`],
  );
}

function citesAll({ citations }: Risk, wanted: Risk['citations']): boolean {
  const all = wanted.slice(0, 25);
  return all.every(({ quote, anchor }) => citations.some((own) => own.quote === quote && own.anchor === anchor));
}

function adviceOf({ category, advice }: Gap, { comparisons }: Input): string[] {
  const asked = comparisons.find((comparison) => comparison.category === category)?.advice;
  return asked === undefined || asked === advice ? [] : [`${category}: the gap’s advice is not the playbook’s`];
}

/** The summary ends where it is longest: only one that had room must name all. */
function unnamed({ summary, risks, gaps }: RiskAssessment): string[] {
  if (summary.length >= 2_000) return [];
  const worst = risks.filter(({ severity }) => severity === 'dealBreaker' || severity === 'high');
  const categories = new Set([...gaps, ...worst].map(({ category }) => category));
  return [...categories].flatMap((category) =>
    summary.includes(category) ? [] : [`summary: does not name ${category}`],
  );
}

/** What a statement says that its own sources do not. */
async function foreign(
  { risks, gaps }: RiskAssessment,
  { input: { comparisons, findings, terms }, artifacts }: RuleContext<Input>,
): Promise<string[]> {
  const said = [
    ...risks.map(({ id, category, statement, citations }) => {
      const cited = findings.filter(({ clauses }) =>
        clauses.some((clause) => citations.some(({ quote }) => quote === clause.quote)),
      );
      return { where: id, statement, citations, categories: [category, ...cited.map((finding) => finding.category)] };
    }),
    ...gaps.map(({ category, statement }) => ({
      where: `the gap ${category}`,
      statement,
      citations: [],
      categories: [category],
    })),
  ];
  const none = takeApart([]);
  const found = said.map(async ({ where, statement, citations, categories }) => {
    const own = comparisons.filter(({ category }) => categories.includes(category));
    const words = own.map(({ position, advice }) => ({ position, advice }));
    const about = citations.length > 0 ? { terms } : {};
    const sources = await sourcesOf({ citations, words, categories, ...about }, none, artifacts);
    const leaf = { path: where, key: 'statement', value: statement, beside: [] };
    return inventionsIn(leaf, sources).map((fact) => `${where}: ${fact} stands in none of its own clauses`);
  });
  return (await Promise.all(found)).flat();
}
