import { type ContractReading, cite, type UnnumberedRisk } from './contract-reading';
import { quoted } from './excerpt';

/** Exclusive dealing that comes with a minimum to be bought, sold or made. */
export function exclusiveWithMinimum({ clausesOf }: ContractReading): UnnumberedRisk[] {
  const exclusivity = clausesOf('Exclusivity').filter(({ quote }) =>
    /(?<!non[-\s]{0,3})\bexclusiv|\bsole\b|\bsolely\b/i.test(quote),
  );
  const minimums = clausesOf('Minimum Commitment').filter(({ quote }) => shortfall.test(quote));
  const [exclusive] = exclusivity;
  const [minimum] = minimums;
  if (!exclusive || !minimum) return [];
  const linked =
    minimums.some(({ quote }) => /exclusiv|terminat/i.test(quote)) ||
    exclusivity.some(({ quote }) => shortfall.test(quote));
  const consequence = linked
    ? 'The clauses tie the one to the other, so a weak year can cost the exclusivity or the contract.'
    : 'Neither clause says that the minimum falls away when the exclusivity does.';
  return [
    {
      category: 'Minimum Commitment',
      severity: 'medium',
      statement:
        `Exclusive dealing comes with a minimum. On exclusivity: ${quoted(exclusive.quote, 180, /exclusiv|sole/i)} ` +
        `On the minimum: ${quoted(minimum.quote, 180, shortfall)} ${consequence}`,
      advice:
        'Let exclusivity and the minimum stand and fall together, and make the loss of exclusivity the only remedy for a shortfall.',
      citations: cite(minimums, exclusivity),
    },
  ];
}

const shortfall = /\bminimum|\bat\s+least\b|\bno\s+less\s+than\b|\bless\s+than\b/i;

/** A right to leave without cause that only one side has, where money is paid ahead. */
export function oneSidedExitAfterPrepayment({ clausesOf }: ContractReading): UnnumberedRisk[] {
  const exits = clausesOf('Termination For Convenience').filter(({ quote }) => leaves.test(quote));
  const payments = paymentCategories.flatMap(clausesOf).filter(({ quote }) => paidAhead.test(quote));
  const [exit] = exits;
  const [payment] = payments;
  if (!exit || !payment || exits.some(({ quote }) => everyone.test(quote))) return [];
  if (new Set(exits.flatMap(({ quote }) => holdersIn(quote))).size !== 1) return [];
  return [
    {
      category: 'Termination For Convenience',
      severity: payments.some(({ quote }) => /\bnon-?\s?refundable/i.test(quote)) ? 'high' : 'medium',
      statement:
        `Only one side may leave without cause: ${quoted(exit.quote, 180)} ` +
        `Yet money is paid ahead: ${quoted(payment.quote, 180, paidAhead)}`,
      advice:
        'Have what was paid ahead and not yet earned returned on termination, and make the right to leave mutual.',
      citations: cite(exits, payments),
    },
  ];
}

const paymentCategories = [
  'Termination For Convenience',
  'License Grant',
  'Revenue/Profit Sharing',
  'Price Restrictions',
  'Minimum Commitment',
  'Liquidated Damages',
  'Post-Termination Services',
] as const;
const paidAhead =
  /\bprepa(?:y|id)|\bnon-?\s?refundable|\bup-?front\b|\badvance\s+payment|\b(?:pay|paid|payable|payments?|fees?|invoiced?|rent)\b[^.;]{0,80}\bin\s+advance\b/i;
const leaves = /\b(?:may|can|right\s+to|entitled\s+to)\b[^.;]{0,80}\b(?:terminat|cancel)|\bterminated\s+by\b/i;
const everyone = /\b(?:either|each|both|any)\s+part(?:y|ies)\b|\bthe\s+parties\b/i;
const holder =
  /\b([A-Z][\w&’'-]*(?:\s+[A-Z][\w&’'-]*){0,3})\s+(?:may|can|is\s+entitled\s+to|reserves\s+the\s+right\s+to|(?:shall\s+have|has)\s+the\s+right\s+to)\b|\bterminated\s+by\s+(?:the\s+)?([A-Z][\w&’'-]*)/g;

function holdersIn(quote: string): string[] {
  return [...quote.matchAll(holder)].map((match) => (match[1] ?? match[2] ?? '').replace(/^the\s+/i, '').toLowerCase());
}
