import type { ClauseCategory, ClauseFinding } from '../../contracts/clause';
import { singleTerms, type Terms } from '../../contracts/terms';
import type { Verdict } from '../../contracts/verdict';
import { addDuration } from '../models/clauses/add-duration';
import { findDates } from '../models/clauses/read-date';
import { findDurations } from '../models/clauses/read-duration';
import { readJurisdiction } from '../models/clauses/read-governing-law';
import { findMoney } from '../models/clauses/read-money';
import { readTerms } from '../models/clauses/read-terms';
import { isCodeOfSign } from './facts/derivations';
import { squeeze } from './facts/quotations';
import type { RuleContext } from './rule';
import { verdictOn } from './verdict-on';

type Findings = readonly ClauseFinding[];
interface Source {
  readonly quote: string;
  readonly anchor: string;
}

/**
 * Every term rests on a clause that was found under its category and says what that clause says; and what can be read
 * from the clauses without doubt is among the terms with that value. A reader may find more than the rule can, as long
 * as its quote says so.
 */
export function termsFollowFromClauses(
  terms: Terms,
  { input: { findings } }: RuleContext<{ readonly findings: Findings }>,
): Promise<Verdict> {
  const problems = [...unfounded(terms, findings), ...leftOut(terms, findings)];
  return Promise.resolve(verdictOn('These terms do not follow from the clauses.', problems));
}

function unfounded(terms: Terms, findings: Findings): string[] {
  return statementsOf(terms).flatMap(({ where, source, categories, holds }) => {
    const clauses = findings.filter(({ category }) => categories === undefined || categories.includes(category));
    const isFound = clauses.some((finding) =>
      finding.clauses.some(({ quote, anchor }) => quote === source.quote && anchor === source.anchor),
    );
    if (!isFound) return [`${where}: its quote is no clause found for it at ${source.anchor}`];
    return holds(source.quote) ? [] : [`${where}: its quote does not say so`];
  });
}

interface Statement {
  readonly where: string;
  readonly source: Source;
  /** Where its clause must have been found. Default: anywhere. */
  readonly categories?: readonly ClauseCategory[];
  readonly holds: (quote: string) => boolean;
}

function statementsOf(terms: Terms): Statement[] {
  const { agreementDate, effectiveDate, expirationDate, initialTerm, governingLaw } = terms;
  const one = <Term extends Source>(
    [where, category]: readonly [keyof Terms, ClauseCategory],
    term: Term | null,
    holds: (quote: string, term: Term) => boolean,
  ): Statement[] =>
    term === null ? [] : [{ where, source: term, categories: [category], holds: (quote) => holds(quote, term) }];
  return [
    ...terms.parties.map(({ name, role, ...source }, index) => ({
      where: `parties.${index}`,
      source,
      categories: ['Parties' as const],
      holds: (quote: string) => squeeze(quote).includes(squeeze(name)) && role !== '',
    })),
    ...one(['agreementDate', 'Agreement Date'], agreementDate, states),
    ...one(
      ['effectiveDate', 'Effective Date'],
      effectiveDate,
      (quote, term) => states(quote, term) || term.date === agreementDate?.date,
    ),
    ...one(['expirationDate', 'Expiration Date'], expirationDate, (quote, term) =>
      term.derived ? follows(term.date, effectiveDate, initialTerm) : states(quote, term),
    ),
    ...one(['initialTerm', 'Expiration Date'], initialTerm, lasts),
    ...one(['renewalTerm', 'Renewal Term'], terms.renewalTerm, lasts),
    ...one(['renewalNotice', 'Notice Period To Terminate Renewal'], terms.renewalNotice, lasts),
    ...one(
      ['governingLaw', 'Governing Law'],
      governingLaw,
      (quote, { jurisdiction }) =>
        readJurisdiction(quote) === jurisdiction ||
        squeeze(quote).toLowerCase().includes(squeeze(jurisdiction).toLowerCase()),
    ),
    ...terms.amounts.map((amount, index) => ({
      where: `amounts.${index}`,
      source: amount,
      holds: (quote: string) => costs(quote, amount),
    })),
  ];
}

function states(quote: string, { date }: { readonly date: string }): boolean {
  return (['monthFirst', 'dayFirst'] as const).some((order) =>
    findDates(quote, order).some((found) => found.date === date),
  );
}

function follows(date: string, from: Terms['effectiveDate'], term: Terms['initialTerm']): boolean {
  return from !== null && term !== null && addDuration(from.date, term) === date;
}

function lasts(quote: string, { amount, unit }: NonNullable<Terms['initialTerm']>): boolean {
  return findDurations(quote).some(({ duration }) => duration?.amount === amount && duration.unit === unit);
}

function costs(quote: string, { amountMinor, currency }: Terms['amounts'][number]): boolean {
  const isStated = findMoney(quote, currency).some(
    (money) => money.amountMinor === amountMinor && money.currency === currency,
  );
  return isStated && (quote.includes(currency) || isCodeOfSign(currency, quote));
}

/** What the clauses say without doubt, and the terms do not. */
function leftOut(terms: Terms, findings: Findings): string[] {
  const read = readTerms(findings);
  const single = singleTerms.flatMap((field) => {
    const [expected, given] = [valueOf(read[field]), valueOf(terms[field])];
    return expected === null || expected === given
      ? []
      : [`${field}: the clauses say ${expected}, not ${given ?? 'nothing'}`];
  });
  return [
    ...single,
    ...missing('parties', read.parties.map(partyKey), terms.parties.map(partyKey)),
    ...missing('amounts', read.amounts.map(amountKey), terms.amounts.map(amountKey)),
  ];
}

/** Each must be there as often as it was read, and no more: the same sum may stand in a contract twice. */
function missing(where: string, expected: readonly string[], given: readonly string[]): string[] {
  const count = (keys: readonly string[], key: string): number => keys.filter((other) => other === key).length;
  return [...new Set([...expected, ...given])].flatMap((key) => {
    const [read, stated] = [count(expected, key), count(given, key)];
    if (stated < read) return [`${where}: ${key} is missing`];
    return stated > Math.max(read, 1) ? [`${where}: ${key} is stated ${stated} times`] : [];
  });
}

function partyKey({ name, role }: Terms['parties'][number]): string {
  return role === null ? name : `${name} (${role})`;
}

function amountKey({ amountMinor, currency, about, anchor }: Terms['amounts'][number]): string {
  return `${currency} ${amountMinor / 100} for ${about} at ${anchor}`;
}

function valueOf(term: Terms['effectiveDate'] | Terms['initialTerm'] | Terms['governingLaw']): string | null {
  if (term === null) return null;
  const said = Object.entries(term).filter(([field]) => field !== 'quote' && field !== 'anchor');
  return said.map(([, value]) => String(value)).join(' ');
}
