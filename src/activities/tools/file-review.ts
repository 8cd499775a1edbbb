import * as z from 'zod/mini';
import { Contract } from '../../contracts/clause';
import { Matter } from '../../contracts/contract-review';
import { RiskAssessment } from '../../contracts/risk';
import { defineTool } from './define-tool';

export const fileReview = defineTool({
  description: 'File a signed-off review in the matters table.',
  effect: 'compensatable',
  input: z.strictObject({ contract: Contract, assessment: RiskAssessment, signedOffBy: z.string() }),
  output: Matter,
  execute: ({ contract, assessment, signedOffBy }, { services, idempotencyKey }) =>
    services.matters.file(
      {
        contract: contract.name,
        contractSha256: contract.text.sha256,
        recommendation: assessment.recommendation,
        risks: assessment.risks.length,
        gaps: assessment.gaps.length,
        signedOffBy,
      },
      idempotencyKey,
    ),
  compensate: (_input, { services, idempotencyKey }) => services.matters.withdraw(idempotencyKey),
  lookup: ({ services, idempotencyKey }) => services.matters.find(idempotencyKey),
});
