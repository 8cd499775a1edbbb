import * as z from 'zod/mini';
import { Artifact } from './artifact';

/** The 41 clause categories of the Contract Understanding Atticus Dataset (CUAD v1), in its spelling. */
export const clauseCategories = [
  'Document Name',
  'Parties',
  'Agreement Date',
  'Effective Date',
  'Expiration Date',
  'Renewal Term',
  'Notice Period To Terminate Renewal',
  'Governing Law',
  'Most Favored Nation',
  'Competitive Restriction Exception',
  'Non-Compete',
  'Exclusivity',
  'No-Solicit Of Customers',
  'No-Solicit Of Employees',
  'Non-Disparagement',
  'Termination For Convenience',
  'Rofr/Rofo/Rofn',
  'Change Of Control',
  'Anti-Assignment',
  'Revenue/Profit Sharing',
  'Price Restrictions',
  'Minimum Commitment',
  'Volume Restriction',
  'Ip Ownership Assignment',
  'Joint Ip Ownership',
  'License Grant',
  'Non-Transferable License',
  'Affiliate License-Licensor',
  'Affiliate License-Licensee',
  'Unlimited/All-You-Can-Eat-License',
  'Irrevocable Or Perpetual License',
  'Source Code Escrow',
  'Post-Termination Services',
  'Audit Rights',
  'Uncapped Liability',
  'Cap On Liability',
  'Liquidated Damages',
  'Warranty Duration',
  'Insurance',
  'Covenant Not To Sue',
  'Third Party Beneficiary',
] as const;

export const ClauseCategory = z.enum(clauseCategories);
export type ClauseCategory = z.infer<typeof ClauseCategory>;

/**
 * One section of a contract. `anchor` is stable: it depends on the section's own number or place, not on the text
 * around it, and is unique within the contract (`s-7.2`). `start` and `end` are character offsets into the text.
 */
export const Section = z.strictObject({
  anchor: z.string().check(z.regex(/^s-[a-z0-9.-]{1,40}$/)),
  heading: z.string().check(z.maxLength(200)),
  start: z.int().check(z.nonnegative()),
  end: z.int().check(z.nonnegative()),
});
export type Section = z.infer<typeof Section>;

/** A contract after reading. Its normalised text and its sections are artifacts: 41 extractors get references. */
export const Contract = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(255)),
  text: Artifact,
  /** The sections as JSON, an array of Section that covers the text without gaps. */
  sections: Artifact,
  sectionCount: z.int().check(z.positive()),
  characters: z.int().check(z.positive()),
});
export type Contract = z.infer<typeof Contract>;

/** A passage of the contract, quoted exactly: `quote` is the text from `start` to `end`, inside section `anchor`. */
export const Clause = z.strictObject({
  category: ClauseCategory,
  quote: z.string().check(z.minLength(1), z.maxLength(4_000)),
  anchor: z.string(),
  start: z.int().check(z.nonnegative()),
  end: z.int().check(z.positive()),
});
export type Clause = z.infer<typeof Clause>;

/** The clauses of one category that were found in a contract; none is an answer too. */
export const ClauseFinding = z.strictObject({
  category: ClauseCategory,
  clauses: z.array(Clause).check(z.maxLength(25)),
});
export type ClauseFinding = z.infer<typeof ClauseFinding>;
