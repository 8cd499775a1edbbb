import type { Clause } from '../../../contracts/clause';
import type { Terms } from '../../../contracts/terms';
import { findDates } from '../clauses/read-date';
import { readExpirationDate } from '../clauses/read-dates';
import { findDurations } from '../clauses/read-duration';
import { dateOrderOf, isInUnitedStates, readJurisdiction } from '../clauses/read-governing-law';
import { findMoney } from '../clauses/read-money';

type Single = Exclude<keyof Terms, 'parties' | 'amounts'>;

/** The words of a clause that state a term, as they were picked out. */
export interface ReadTerm {
  readonly is: Single | 'party' | 'partyRole' | 'amount';
  readonly words: string;
  readonly clause: Clause;
}

/**
 * Makes terms of words: dates, durations and sums as code reads them, each with its clause. Words that state no value
 * give no term. An expiration that no words state is derived from the effective date and the initial term.
 */
export function makeTerms(read: readonly ReadTerm[]): Terms {
  const first = (is: ReadTerm['is']): ReadTerm | undefined => read.find((term) => term.is === is);
  const governingLaw = lawOf(first('governingLaw'));
  const jurisdiction = governingLaw?.jurisdiction ?? null;
  const dated = (term: ReadTerm | undefined) => dateOf(term, dateOrderOf(jurisdiction));
  const agreementDate = dated(first('agreementDate'));
  const effectiveDate = dated(first('effectiveDate')) ?? dateOfAgreement(first('effectiveDate'), agreementDate);
  const stated = dated(first('expirationDate'));
  const initialTerm = periodOf(first('initialTerm'));
  return {
    parties: partiesOf(read),
    agreementDate,
    effectiveDate,
    expirationDate:
      stated === null
        ? readExpirationDate([], dateOrderOf(jurisdiction), { effectiveDate, initialTerm })
        : { ...stated, derived: false },
    initialTerm,
    renewalTerm: periodOf(first('renewalTerm')),
    renewalNotice: periodOf(first('renewalNotice')),
    governingLaw,
    amounts: read
      .filter(({ is }) => is === 'amount')
      .flatMap(({ words, clause }) =>
        findMoney(words, isInUnitedStates(jurisdiction) ? 'USD' : null).map(({ amountMinor, currency }) => ({
          amountMinor,
          currency,
          about: clause.category,
          ...sourceOf(clause),
        })),
      ),
  };
}

/** The role belongs to the party named before it. */
function partiesOf(read: readonly ReadTerm[]): Terms['parties'] {
  const parties: Terms['parties'] = [];
  for (const { is, words, clause } of read) {
    const said = words.replace(/\s+/g, ' ').trim();
    const last = parties.at(-1);
    if (is === 'party') parties.push({ name: said, role: null, ...sourceOf(clause) });
    else if (is === 'partyRole' && last?.role === null && said !== '') last.role = roleOf(said);
  }
  return parties;
}

/** Without the quotation marks and the article that a definition has. */
function roleOf(words: string): string {
  return words.replace(/^[“"'‘(]+(?:the\s+)?|[”"'’).,]+$/giu, '') || words;
}

function lawOf(term: ReadTerm | undefined): Terms['governingLaw'] {
  if (term === undefined) return null;
  const words = term.words.replace(/\s+/g, ' ').trim();
  const jurisdiction = readJurisdiction(words) ?? readJurisdiction(`the laws of ${words}`) ?? words;
  return { jurisdiction, ...sourceOf(term.clause) };
}

function dateOf(term: ReadTerm | undefined, order: Parameters<typeof findDates>[1]): Terms['effectiveDate'] {
  const date = term === undefined ? undefined : findDates(term.words, order)[0]?.date;
  return term === undefined || date === undefined || date === null ? null : { date, ...sourceOf(term.clause) };
}

/** "The date first written above" is the date of the contract. */
function dateOfAgreement(term: ReadTerm | undefined, agreementDate: Terms['agreementDate']): Terms['effectiveDate'] {
  if (term === undefined || agreementDate === null || findDates(term.words, 'unknown').length > 0) return null;
  return { date: agreementDate.date, ...sourceOf(term.clause) };
}

function periodOf(term: ReadTerm | undefined): Terms['initialTerm'] {
  const duration = term === undefined ? undefined : findDurations(term.words)[0]?.duration;
  return term === undefined || duration === undefined || duration === null
    ? null
    : { ...duration, ...sourceOf(term.clause) };
}

function sourceOf({ quote, anchor }: Clause): { readonly quote: string; readonly anchor: string } {
  return { quote, anchor };
}
