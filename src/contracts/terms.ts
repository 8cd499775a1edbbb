import * as z from 'zod/mini';

/** An ISO 8601 calendar date, `2026-11-21`. */
const IsoDate = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

const duration = z.strictObject({
  amount: z.int().check(z.positive()),
  unit: z.enum(['day', 'week', 'month', 'year']),
});

/** What a term was read from: the clause's exact quote and its section. */
const source = { quote: z.string(), anchor: z.string() };

/**
 * The contract's terms as values, each with the quote it was parsed from. A term that the contract states but that
 * cannot be parsed is left out: no term is guessed. Money is in minor units (cents) of an ISO 4217 currency.
 */
export const Terms = z.strictObject({
  parties: z.array(z.strictObject({ name: z.string(), role: z.nullable(z.string()), ...source })),
  agreementDate: z.nullable(z.strictObject({ date: IsoDate, ...source })),
  effectiveDate: z.nullable(z.strictObject({ date: IsoDate, ...source })),
  expirationDate: z.nullable(z.strictObject({ date: IsoDate, derived: z.boolean(), ...source })),
  initialTerm: z.nullable(z.strictObject({ ...duration.shape, ...source })),
  renewalTerm: z.nullable(z.strictObject({ ...duration.shape, ...source })),
  renewalNotice: z.nullable(z.strictObject({ ...duration.shape, ...source })),
  governingLaw: z.nullable(z.strictObject({ jurisdiction: z.string(), ...source })),
  amounts: z.array(
    z.strictObject({ amountMinor: z.int(), currency: z.string().check(z.length(3)), about: z.string(), ...source }),
  ),
});
export type Terms = z.infer<typeof Terms>;

/** The terms that a contract has at most one of. */
export const singleTerms = [
  'agreementDate',
  'effectiveDate',
  'expirationDate',
  'initialTerm',
  'renewalTerm',
  'renewalNotice',
  'governingLaw',
] as const satisfies readonly (keyof Terms)[];
