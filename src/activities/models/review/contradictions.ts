import type { Clause, ClauseFinding } from '../../../contracts/clause';

/** Two clauses of one category of which only one can hold. */
export interface Contradiction {
  readonly category: Clause['category'];
  readonly one: Clause;
  readonly other: Clause;
}

/**
 * What a clause settles, as one word or phrase; null when it settles nothing plainly, or leaves room for another
 * clause beside it.
 */
type Settled = (quote: string) => string | null;

const settledBy: readonly (readonly [Clause['category'], Settled])[] = [
  ['Governing Law', governingLaw],
  ['Expiration Date', expiryDate],
];

/** The outright contradictions among the clauses found: two laws that govern all, two dates on which all ends. */
export function contradictionsIn(findings: readonly ClauseFinding[]): Contradiction[] {
  return settledBy.flatMap(([category, settled]) => {
    const clauses = findings.flatMap((finding) => (finding.category === category ? finding.clauses : []));
    const plain = clauses.flatMap((clause) => {
      const value = settled(clause.quote);
      return value === null ? [] : [{ clause, value }];
    });
    const [first] = plain;
    const against = plain.find(({ value }) => first && !value.includes(first.value) && !first.value.includes(value));
    return first && against ? [{ category, one: first.clause, other: against.clause }] : [];
  });
}

const leavesRoom =
  /\b(?:except|unless|other\s+than|provided|subject\s+to|to\s+the\s+extent|respectively|extend|renew|earlier|later|schedule|exhibit|patent|copyright|trademark)/i;

function governingLaw(quote: string): string | null {
  if (leavesRoom.test(quote)) return null;
  const place =
    /\bgoverned\b[\s\S]{0,120}?\blaws?\s+(?:of|in\s+force\s+in)\s+(?:the\s+)?(?:(?:state|commonwealth|province|republic|kingdom)\s+of\s+)?([A-Z][a-z]+(?:\s+[A-Z][a-z]+)*)/.exec(
      quote.replace(/\b(State|Commonwealth|Province|Republic|Kingdom)\s+of\b/g, (words) => words.toLowerCase()),
    );
  return place?.[1]?.toLowerCase().replace(/\s+/g, ' ') ?? null;
}

const monthNames = 'January|February|March|April|May|June|July|August|September|October|November|December';
const date = new RegExp(
  String.raw`\b(?:(?:${monthNames})\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+(?:${monthNames}),?\s+\d{4})\b`,
  'g',
);

function expiryDate(quote: string): string | null {
  if (leavesRoom.test(quote) || !/\b(?:expir|end)/i.test(quote)) return null;
  const dates = quote.match(date) ?? [];
  const only = dates.length === 1 ? Date.parse(dates[0]) : Number.NaN;
  return Number.isNaN(only) ? null : String(only);
}
