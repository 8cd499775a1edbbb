import * as z from 'zod/mini';
import { ClauseCategory } from './clause';

/** How one clause category stands against the playbook. `missing`: the playbook wants a clause that was not found. */
export const Comparison = z.strictObject({
  category: ClauseCategory,
  standing: z.enum(['meetsPosition', 'meetsFallback', 'deviates', 'dealBreaker', 'missing', 'notInPlaybook']),
  /** How bad the playbook calls a deviation in this category; null when it has no entry for it. */
  severity: z.nullable(z.enum(['low', 'medium', 'high'])),
  /** The playbook's words that decided. */
  position: z.string(),
  advice: z.string(),
  /** The quotes that were compared; empty when nothing was found. */
  citations: z.array(z.strictObject({ quote: z.string(), anchor: z.string() })),
});
export type Comparison = z.infer<typeof Comparison>;

/** One risk. Every risk cites at least one clause; what is absent from the contract is a Gap, not a risk. */
export const Risk = z.strictObject({
  id: z.string().check(z.regex(/^R\d{1,3}$/)),
  category: ClauseCategory,
  severity: z.enum(['low', 'medium', 'high', 'dealBreaker']),
  statement: z.string().check(z.minLength(1), z.maxLength(1_000)),
  advice: z.string().check(z.maxLength(1_000)),
  citations: z.array(z.strictObject({ quote: z.string(), anchor: z.string() })).check(z.maxLength(25)),
});
export type Risk = z.infer<typeof Risk>;

/** Something the playbook asks for that was not found in the contract. */
export const Gap = z.strictObject({
  category: ClauseCategory,
  severity: z.enum(['low', 'medium', 'high']),
  statement: z.string().check(z.minLength(1), z.maxLength(1_000)),
  advice: z.string().check(z.maxLength(1_000)),
});
export type Gap = z.infer<typeof Gap>;

/** What counsel signs off: the risks, the gaps, and the recommendation that follows from them. */
export const RiskAssessment = z.strictObject({
  recommendation: z.enum(['sign', 'negotiate', 'doNotSign']),
  summary: z.string().check(z.minLength(1), z.maxLength(2_000)),
  risks: z.array(Risk).check(z.maxLength(200)),
  gaps: z.array(Gap).check(z.maxLength(41)),
});
export type RiskAssessment = z.infer<typeof RiskAssessment>;
