import * as z from 'zod/mini';
import { Artifact } from './artifact';
import { ClauseCategory } from './clause';
import { RiskAssessment } from './risk';

/** The contract to review, as a stored document, and the clause categories to look for. */
export const ReviewRequest = z.strictObject({
  document: Artifact,
  /** Default: all 41. */
  categories: z.optional(z.array(ClauseCategory).check(z.minLength(1), z.maxLength(41))),
});
export type ReviewRequest = z.infer<typeof ReviewRequest>;

/** A review as it stands in the matters table. */
export const Matter = z.strictObject({
  matterId: z.string(),
  contract: z.string(),
  contractSha256: z.string(),
  recommendation: RiskAssessment.shape.recommendation,
  risks: z.int(),
  gaps: z.int(),
  signedOffBy: z.string(),
  filedAt: z.string(),
});
export type Matter = z.infer<typeof Matter>;

/** Where a report was written, and what it contains. */
export const Report = z.strictObject({ markdown: Artifact, html: Artifact, quotes: z.int() });
export type Report = z.infer<typeof Report>;

/** What a review comes to. Paths are those of the machine that wrote the report. */
export const ReviewReport = z.strictObject({
  contract: z.string(),
  recommendation: RiskAssessment.shape.recommendation,
  summary: z.string(),
  clausesFound: z.int(),
  categoriesFound: z.int(),
  risks: z.int(),
  gaps: z.int(),
  matter: Matter,
  report: z.strictObject({ markdownPath: z.string(), htmlPath: z.string() }),
});
export type ReviewReport = z.infer<typeof ReviewReport>;
