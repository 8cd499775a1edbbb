import * as z from 'zod/mini';
import { ClauseFinding } from '../contracts/clause';
import { Comparison, RiskAssessment } from '../contracts/risk';
import { Terms } from '../contracts/terms';
import { defineAgent } from './define-agent';

export const riskAssessor = defineAgent({
  version: '1.0.0',
  owner: 'legal-operations',
  objective: 'Assess the risks of signing, each citing its clause, and recommend to sign, negotiate or refuse.',
  instructions:
    'Make a risk of every clause that deviates from the playbook, and of clauses that are only dangerous together. ' +
    'Cite the exact quote of each. List what the playbook wants and the contract lacks as gaps.',
  input: z.strictObject({ comparisons: z.array(Comparison), findings: z.array(ClauseFinding), terms: Terms }),
  output: RiskAssessment,
  rules: ['nothingInvented', 'risksFollowFromComparisons'],
  escalateTo: 'counsel',
  limits: { outputTokensMax: 2_048 },
});
