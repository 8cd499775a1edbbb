import * as z from 'zod/mini';
import { Artifact } from '../contracts/artifact';
import { ClauseFinding, Contract } from '../contracts/clause';
import { Report } from '../contracts/contract-review';
import { Comparison, RiskAssessment } from '../contracts/risk';
import { Terms } from '../contracts/terms';
import { defineAgent } from './define-agent';

export const reportWriter = defineAgent({
  version: '1.0.0',
  owner: 'legal-operations',
  objective: 'Write the review as a report in which every statement links to its quote.',
  instructions: 'State only what the sources say. Link every risk, term and clause to its quote in the appendix.',
  input: z.strictObject({
    contract: Contract,
    findings: z.array(ClauseFinding),
    terms: Terms,
    comparisons: z.array(Comparison),
    assessment: RiskAssessment,
    playbook: z.strictObject({ content: Artifact, name: z.string(), version: z.string() }),
    signOff: z.strictObject({
      decision: z.enum(['approve', 'edit']),
      actor: z.string(),
      role: z.string(),
      comment: z.nullable(z.string()),
      decidedAt: z.number(),
    }),
  }),
  output: Report,
  rules: ['reportSaysWhatWasSignedOff'],
  escalateTo: 'counsel',
  limits: { outputTokensMax: 256 },
});
