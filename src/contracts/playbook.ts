import * as z from 'zod/mini';
import { ClauseCategory } from './clause';

const text = z.string().check(z.minLength(1), z.maxLength(1_000));

/** One machine-checkable test of a clause. A position holds when every one of its tests holds. */
export const PlaybookTest = z.discriminatedUnion('test', [
  z.strictObject({ test: z.literal('present') }),
  z.strictObject({ test: z.literal('absent') }),
  /**
   * At least one of the phrases stands in the clause, ignoring case and white space. A phrase begins where a word
   * begins and may end within one: `assign` stands in `assignment`, `limited` not in `unlimited`, `exclusive` not in
   * `non-exclusive`.
   */
  z.strictObject({ test: z.literal('mentions'), anyOf: z.array(text).check(z.minLength(1), z.maxLength(50)) }),
  /** None of the phrases stands in the clause. */
  z.strictObject({ test: z.literal('avoids'), anyOf: z.array(text).check(z.minLength(1), z.maxLength(50)) }),
  /**
   * Every duration that the clause states is at most / at least this many days (month 30, year 365); a clause that
   * states none fails the test. Where a clause states notice periods and others, only those that the category is
   * about are read.
   */
  z.strictObject({ test: z.literal('daysAtMost'), days: z.int().check(z.positive()) }),
  z.strictObject({ test: z.literal('daysAtLeast'), days: z.int().check(z.positive()) }),
]);
export type PlaybookTest = z.infer<typeof PlaybookTest>;

/**
 * What the company wants of one clause category: its position, the fall-back it can live with, and what ends the
 * talks. Tests are read in the order deal-breaker, position, fall-back; what matches none deviates. The clauses of a
 * category are read together, except that one clause alone is enough to break the deal. A deal is broken by what the
 * contract says, never by what is absent from it: that is a gap.
 */
export const PlaybookEntry = z.strictObject({
  category: ClauseCategory,
  position: text,
  positionTests: z.array(PlaybookTest).check(z.minLength(1), z.maxLength(10)),
  fallback: z.optional(text),
  fallbackTests: z.optional(z.array(PlaybookTest).check(z.minLength(1), z.maxLength(10))),
  dealBreaker: z.optional(text),
  dealBreakerTests: z.optional(z.array(PlaybookTest).check(z.minLength(1), z.maxLength(10))),
  /** How bad a deviation from the position is when it is no deal-breaker. */
  severity: z.enum(['low', 'medium', 'high']),
  advice: text,
});
export type PlaybookEntry = z.infer<typeof PlaybookEntry>;

/** A playbook: whose side it takes, and its positions. A category without an entry is reported, not judged. */
export const Playbook = z.strictObject({
  name: text,
  version: z.string().check(z.regex(/^\d+\.\d+\.\d+$/)),
  owner: text,
  side: text,
  entries: z.array(PlaybookEntry).check(z.minLength(1), z.maxLength(41)),
});
export type Playbook = z.infer<typeof Playbook>;
