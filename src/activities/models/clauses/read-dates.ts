import type { Clause } from '../../../contracts/clause';
import type { Terms } from '../../../contracts/terms';
import { addDuration } from './add-duration';
import { findDates, type DateOrder } from './read-date';
import { findDurations } from './read-duration';

type DateTerm = Terms['effectiveDate'];
type InitialTerm = Terms['initialTerm'];

const endsBefore = /\b(?:until|through|expir\p{L}*|end(?:s|ing)?|terminat\p{L}*|till|to)\b[^.;]{0,40}$/iu;
const asOfAgreement =
  /\bdate\s+(?:first\s+)?(?:(?:set\s+forth|written|mentioned|stated)\s+)?(?:above|hereof|of\s+this\s+agreement)\b/iu;
const charactersBefore = 80;

/** Reads the date of the contract: the one date that its quotes state. */
export function readAgreementDate(clauses: readonly Clause[], order: DateOrder): DateTerm {
  return theOneDate(clauses, order, () => true);
}

/** Reads the effective date: the one stated, or the contract's own where the clause says "the date first above". */
export function readEffectiveDate(clauses: readonly Clause[], order: DateOrder, agreementDate: DateTerm): DateTerm {
  const stated = theOneDate(clauses, order, (before) => !endsBefore.test(before));
  if (stated !== null || agreementDate === null) return stated;
  const refers = clauses.find(({ quote }) => asOfAgreement.test(quote) && findDates(quote, order).length === 0);
  return refers === undefined ? null : { date: agreementDate.date, quote: refers.quote, anchor: refers.anchor };
}

/** What the expiration is derived from when no date is stated. */
type TermOfContract = { readonly effectiveDate: DateTerm; readonly initialTerm: InitialTerm };

/**
 * Reads the expiration date: the one stated, else the effective date plus the initial term (`derived`), unless the
 * clause counts that term from another event. Five years from 10 February 2014 end on 10 February 2019.
 */
export function readExpirationDate(
  clauses: readonly Clause[],
  order: DateOrder,
  { effectiveDate, initialTerm }: TermOfContract,
): Terms['expirationDate'] {
  const stated = theOneDate(clauses, order, (before) => endsBefore.test(before));
  if (stated !== null) return { ...stated, derived: false };
  if (effectiveDate === null || initialTerm === null || countsFromElsewhere(initialTerm.quote)) return null;
  const { quote, anchor } = initialTerm;
  const date = addDuration(effectiveDate.date, initialTerm);
  return date === null ? null : { date, derived: true, quote, anchor };
}

const fromEvent = /^[^.;]{0,20}?\b(?:from|after|following|commencing|beginning|starting)\b(?<event>[^.;]{0,80})/iu;
const fromTheStart =
  /\b(?:effective|commencement)\s+date\b|\bdate\s+(?:hereof|of\s+(?:this|the|its)\s+(?:agreement|execution|signing))\b|\bdate\s+first\b|\bexecution\b|\bsigning\b/iu;

function countsFromElsewhere(quote: string): boolean {
  return findDurations(quote).some(({ end }) => {
    const event = fromEvent.exec(quote.slice(end))?.groups?.['event'];
    return event !== undefined && !fromTheStart.test(event) && findDates(event).length === 0;
  });
}

/** The date that all quotes agree on, among the dates whose words before them qualify. */
function theOneDate(clauses: readonly Clause[], order: DateOrder, qualifies: (before: string) => boolean): DateTerm {
  const stated = clauses.flatMap(({ quote, anchor }) =>
    findDates(quote, order)
      .filter(({ start }) => qualifies(quote.slice(Math.max(0, start - charactersBefore), start)))
      .map(({ date }) => ({ date, quote, anchor })),
  );
  const [first] = stated;
  if (first === undefined || first.date === null) return null;
  return stated.every(({ date }) => date === first.date) ? { ...first, date: first.date } : null;
}
