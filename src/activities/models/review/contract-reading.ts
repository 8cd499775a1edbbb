import type { Clause, ClauseCategory } from '../../../contracts/clause';
import type { Risk } from '../../../contracts/risk';
import type { Terms } from '../../../contracts/terms';

/** A contract as the rules read it: the clauses found of each category, and the terms parsed from them. */
export interface ContractReading {
  readonly terms: Terms;
  readonly clausesOf: (category: ClauseCategory) => readonly Clause[];
}

/** A risk before it has its place among the others. */
export type UnnumberedRisk = Omit<Risk, 'id'>;

/** Citations of clauses, each passage once, at most five of each list. */
export function cite(...lists: readonly (readonly Clause[])[]): Risk['citations'] {
  const clauses = lists.flatMap((list) => list.slice(0, 5));
  const distinct = new Map(clauses.map(({ quote, anchor }) => [`${anchor}\n${quote}`, { quote, anchor }]));
  return [...distinct.values()];
}
