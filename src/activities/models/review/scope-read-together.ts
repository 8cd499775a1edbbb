import { type ContractReading, cite, type UnnumberedRisk } from './contract-reading';
import { quoted } from './excerpt';

/** Two clauses that put the contract under different laws. */
export function lawsContradict({ terms, clausesOf }: ContractReading): UnnumberedRisk[] {
  const read = terms.governingLaw;
  const governing = clausesOf('Governing Law').filter(({ quote }) => /\bgovern|\bconstru|\binterpret/i.test(quote));
  const named = governing.filter(({ quote }) => read !== null && quote.includes(read.jurisdiction));
  const others = governing.filter((clause) => !named.includes(clause) && lawOf.test(clause.quote));
  const [one] = named;
  const [other] = others;
  if (!one || !other) return [];
  return [
    {
      category: 'Governing Law',
      severity: 'high',
      statement: `The contract names different laws. In one place: ${quoted(one.quote, 200, lawOf)} In another: ${quoted(other.quote, 200, lawOf)}`,
      advice: 'Keep one governing-law clause and delete the other, or say which part of the contract each covers.',
      citations: cite(named, others),
    },
  ];
}

const lawOf = /\blaws?\s+of\s+(?:the\s+)?[A-Z]/;

/** One licence that ends with the contract beside another that does not. */
export function perpetualWithinTerm({ clausesOf }: ContractReading): UnnumberedRisk[] {
  const lasting = clausesOf('Irrevocable Or Perpetual License').filter(
    ({ quote }) => perpetual.test(quote) && !termed.test(quote),
  );
  const ending = clausesOf('License Grant').filter(
    ({ quote }) => termed.test(quote) && !lasting.some((clause) => clause.quote === quote),
  );
  const [beyond] = lasting;
  const [within] = ending;
  if (!beyond || !within) return [];
  return [
    {
      category: 'Irrevocable Or Perpetual License',
      severity: 'medium',
      statement:
        `One licence lasts for the term: ${quoted(within.quote, 180, termed)} ` +
        `Another lasts beyond it: ${quoted(beyond.quote, 180, perpetual)} ` +
        'What may still be used when the contract ends depends on which of them covers it.',
      advice: 'Say for each licence what it covers and what survives the end of the contract.',
      citations: cite(lasting, ending),
    },
  ];
}

const termed = /\b(?:during|for)\s+the\s+(?:initial\s+|entire\s+)?term\b/i;
const perpetual = /\bperpetual|\birrevocabl|\bperpetuity\b/i;

/** A change of control that can end the contract, where assigning it instead needs consent. */
export function saleOfBusinessBlocked({ clausesOf }: ContractReading): UnnumberedRisk[] {
  const control = clausesOf('Change Of Control').filter(({ quote }) => ends.test(quote));
  const assignment = clausesOf('Anti-Assignment').filter(
    ({ quote }) => agrees.test(quote) && !control.some((clause) => clause.quote === quote),
  );
  const [change] = control;
  const [transfer] = assignment;
  if (!change || !transfer) return [];
  return [
    {
      category: 'Change Of Control',
      severity: 'medium',
      statement:
        'A sale of the business is held up both ways. ' +
        `A change of control can end the contract: ${quoted(change.quote, 180, ends)} ` +
        `Assigning it instead needs consent: ${quoted(transfer.quote, 180, agrees)}`,
      advice: 'Ask for a free transfer to an affiliate and to a buyer of the business.',
      citations: cite(control, assignment),
    },
  ];
}

const ends = /\bterminat/i;
const agrees = /\bconsent|\bapproval\b/i;
