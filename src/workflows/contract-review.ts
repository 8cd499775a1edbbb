import * as z from 'zod/mini';
import { clauseCategories, type ClauseFinding } from '../contracts/clause';
import { ReviewReport, ReviewRequest } from '../contracts/contract-review';
import { days } from '../contracts/duration';
import { RiskAssessment } from '../contracts/risk';
import type { Verdict } from '../contracts/verdict';
import { defineProcess } from './define-process';

/** Reviews a commercial contract against the playbook, has counsel sign the risks off, and files the review. */
export const contractReview = defineProcess({
  name: 'contractReview',
  version: '1.0.0',
  owner: 'legal-operations',
  objective: 'Review a commercial contract: quoted clauses, risks against the playbook, counsel’s sign-off, a report.',
  input: ReviewRequest,
  output: ReviewReport,
  budget: { costMicroUsdMax: 2_000_000, tokensMax: 1_000_000, callsMax: 300, durationMsMax: days(7) },
  fromDocument: (document) => ({ document }),

  async execute(run, { document, categories = [...clauseCategories] }) {
    const contract = await run.tool('readContract', { document }, { about: document.name });
    const playbook = await run.tool('readPlaybook', {});
    const findings = await run.map(categories, (category) =>
      run.agent('clauseExtractor', { contract, category }, { about: category, gates: ['quotesAreVerbatim'] }),
    );
    const [terms, comparisons] = await Promise.all([
      run.agent('termReader', { findings }),
      run.agent('playbookComparer', { findings, playbook: playbook.content }, { about: playbook.name }),
    ]);
    const assessment = await run.agent(
      'riskAssessor',
      { comparisons, findings, terms },
      { about: contract.name, gates: [everyRiskCitesAClause, 'secondReader'] },
    );
    const signOff = await run.approval('counselSignOff', {
      of: assessment,
      about: contract.name,
      role: 'counsel',
      edit: citingOnly(findings),
      withinMs: days(2),
      escalateTo: 'generalCounsel',
    });
    const { value: signedOff, ...decision } = signOff;
    const report = await run.agent(
      'reportWriter',
      { contract, findings, terms, comparisons, assessment: signedOff, playbook, signOff: decision },
      { about: contract.name },
    );
    const paths = await run.tool('publishReport', { report, contract: contract.name }, { about: contract.name });
    const matter = await run.tool(
      'fileReview',
      { contract, assessment: signedOff, signedOffBy: signOff.actor },
      { about: contract.name },
    );
    return {
      contract: contract.name,
      recommendation: signedOff.recommendation,
      summary: signedOff.summary,
      ...countsOf(findings),
      risks: signedOff.risks.length,
      gaps: signedOff.gaps.length,
      matter,
      report: paths,
    };
  },
});

/** An edited assessment may say anything, but cite only what the review quoted from the contract. */
function citingOnly(findings: readonly ClauseFinding[]) {
  const quotes = new Set(findings.flatMap(({ clauses }) => clauses.map(({ quote }) => quote)));
  const isCited = ({ risks }: RiskAssessment) =>
    risks.every(({ citations }) => citations.length > 0 && citations.every(({ quote }) => quotes.has(quote)));
  return RiskAssessment.check(z.refine(isCited, 'every risk must cite quotes of this review, word for word'));
}

function everyRiskCitesAClause({ risks }: RiskAssessment): Verdict {
  const bare = risks.filter(({ citations }) => citations.length === 0).map(({ id }) => id);
  if (bare.length === 0) return { verdict: 'accept' };
  return { verdict: 'retry', feedback: `Every risk must cite a clause; these cite none: ${bare.join(', ')}` };
}

function countsOf(findings: readonly ClauseFinding[]) {
  const found = findings.filter(({ clauses }) => clauses.length > 0);
  return {
    categoriesFound: found.length,
    clausesFound: found.reduce((sum, { clauses }) => sum + clauses.length, 0),
  };
}
