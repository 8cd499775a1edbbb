import type { Terms } from '../../../contracts/terms';

/** One row of the key terms; without a source the contract does not state the term in a form that could be read. */
export interface KeyTerm {
  readonly label: string;
  readonly value: string;
  readonly source: { readonly quote: string; readonly anchor: string } | null;
}

const notRead = 'Not found, or not stated in a form that could be read';

/** The terms as a reader wants to see them, in the order in which a contract is read. */
export function keyTerms(terms: Terms): readonly KeyTerm[] {
  const { agreementDate, effectiveDate, expirationDate, governingLaw } = terms;
  const parties = terms.parties.map((party) => ({
    label: 'Party',
    value: party.role === null ? party.name : `${party.name} (${party.role})`,
    source: party,
  }));
  return [
    ...(parties.length > 0 ? parties : [row('Parties', null, '')]),
    row('Agreement date', agreementDate, agreementDate?.date),
    row('Effective date', effectiveDate, effectiveDate?.date),
    row('Initial term', terms.initialTerm, duration(terms.initialTerm)),
    row(
      'Expires',
      expirationDate,
      expirationDate && `${expirationDate.date}${expirationDate.derived ? ' (computed from the term)' : ''}`,
    ),
    row('Renewal', terms.renewalTerm, duration(terms.renewalTerm)),
    row('Notice to stop renewal', terms.renewalNotice, duration(terms.renewalNotice)),
    row('Governing law', governingLaw, governingLaw?.jurisdiction),
    ...terms.amounts.map((amount) => ({ label: 'Amount', value: `${money(amount)}: ${amount.about}`, source: amount })),
  ];
}

function row(label: string, source: KeyTerm['source'], value: string | null | undefined): KeyTerm {
  return source && value ? { label, value, source } : { label, value: notRead, source: null };
}

function duration(term: Terms['initialTerm']): string | null {
  return term && `${term.amount} ${term.unit}${term.amount === 1 ? '' : 's'}`;
}

function money({ amountMinor, currency }: Terms['amounts'][number]): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${amountMinor} minor units`;
  const digits =
    new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const fixed = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${currency} ${(amountMinor / 10 ** digits).toLocaleString('en-US', fixed)}`;
}
