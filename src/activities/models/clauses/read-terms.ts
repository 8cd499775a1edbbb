import type { Clause, ClauseCategory, ClauseFinding } from '../../../contracts/clause';
import type { Terms } from '../../../contracts/terms';
import { readAgreementDate, readEffectiveDate, readExpirationDate } from './read-dates';
import { dateOrderOf, isInUnitedStates, readJurisdiction } from './read-governing-law';
import { findMoney } from './read-money';
import { readParties } from './read-parties';
import { readInitialTerm, readRenewalNotice, readRenewalTerm } from './read-periods';

/**
 * Reads the contract's terms as values from the clauses that were found. The governing law decides what figures alone
 * leave open: the order of `3/4/2020`, the currency of a bare `$`. What stays open, or contradicts itself, is left out.
 */
export function readTerms(findings: readonly ClauseFinding[]): Terms {
  const clausesOf = (category: ClauseCategory): Clause[] =>
    findings.filter((finding) => finding.category === category).flatMap(({ clauses }) => clauses);
  const governingLaw = readGoverningLaw(clausesOf('Governing Law'));
  const order = dateOrderOf(governingLaw?.jurisdiction ?? null);
  const agreementDate = readAgreementDate(clausesOf('Agreement Date'), order);
  const effectiveDate = readEffectiveDate(clausesOf('Effective Date'), order, agreementDate);
  const initialTerm = readInitialTerm(clausesOf('Expiration Date'));
  return {
    parties: readParties(clausesOf('Parties')),
    agreementDate,
    effectiveDate,
    expirationDate: readExpirationDate(clausesOf('Expiration Date'), order, { effectiveDate, initialTerm }),
    initialTerm,
    renewalTerm: readRenewalTerm(clausesOf('Renewal Term')),
    renewalNotice: readRenewalNotice(clausesOf('Notice Period To Terminate Renewal')),
    governingLaw,
    amounts: readAmounts(findings, isInUnitedStates(governingLaw?.jurisdiction ?? null) ? 'USD' : null),
  };
}

/** The law that all clauses on it agree on. */
function readGoverningLaw(clauses: readonly Clause[]): Terms['governingLaw'] {
  const named = clauses.flatMap(({ quote, anchor }) => {
    const jurisdiction = readJurisdiction(quote);
    return jurisdiction === null ? [] : [{ jurisdiction, quote, anchor }];
  });
  const [first] = named;
  return first !== undefined && named.every(({ jurisdiction }) => jurisdiction === first.jurisdiction) ? first : null;
}

/** Every sum once, though several categories may quote it; `about` is the first of them. */
function readAmounts(findings: readonly ClauseFinding[], dollar: string | null): Terms['amounts'] {
  const amounts = new Map<number, Terms['amounts'][number]>();
  for (const { category, clauses } of findings) {
    for (const { quote, anchor, start: quoteStart } of clauses) {
      for (const { amountMinor, currency, start } of findMoney(quote, dollar)) {
        const place = quoteStart + start;
        if (!amounts.has(place)) amounts.set(place, { amountMinor, currency, about: category, quote, anchor });
      }
    }
  }
  return [...amounts.entries()].sort(([one], [other]) => one - other).map(([, amount]) => amount);
}
