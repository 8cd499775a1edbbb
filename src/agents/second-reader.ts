import * as z from 'zod/mini';
import { RiskAssessment } from '../contracts/risk';
import { Verdict } from '../contracts/verdict';
import { defineAgent } from './define-agent';
import { riskAssessor } from './risk-assessor';

export const secondReader = defineAgent({
  version: '1.0.0',
  owner: 'legal-operations',
  objective: 'Judge a risk assessment against its sources, independently of who made it.',
  instructions:
    'Hold every statement, citation, severity and the recommendation against the clauses and the comparison. Name ' +
    'exactly what was added, altered or dropped.',
  isReviewer: true,
  input: z.strictObject({ objective: z.string(), input: riskAssessor.input, output: RiskAssessment }),
  output: Verdict,
  escalateTo: 'counsel',
  limits: { outputTokensMax: 1_024 },
});
