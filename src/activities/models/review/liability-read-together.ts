import type { Clause } from '../../../contracts/clause';
import { type ContractReading, cite, type UnnumberedRisk } from './contract-reading';
import { quoted } from './excerpt';

/** Liability that one clause caps and another leaves open: which loss is capped only shows from both. */
export function liabilityCappedAndUncapped({ clausesOf }: ContractReading): UnnumberedRisk[] {
  const limits = clausesOf('Cap On Liability');
  const amounts = limits.filter(({ quote }) => limitsAmount.test(quote) && /liab|damages|claim|reimburs/i.test(quote));
  const capping = amounts.length > 0 ? amounts : limits;
  const open = clausesOf('Uncapped Liability');
  const [cap] = capping;
  const uncapped = open.find(({ quote }) => quote !== cap?.quote) ?? open[0];
  if (!cap || !uncapped) return [];
  const apart = differentSides(capping, open);
  const reconciled = [...capping, ...open].some(({ quote }) => carvesOut.test(quote) || ranks.test(quote));
  return [
    {
      category: 'Cap On Liability',
      severity: reconciled && !apart ? 'medium' : 'high',
      statement:
        'Liability is both capped and uncapped. ' +
        `${amounts.length > 0 ? 'The cap covers' : 'What is limited'}: ${quoted(cap.quote, 240, limitsAmount)} ` +
        `It does not cover: ${quoted(uncapped.quote, 240, unlimited.test(uncapped.quote) ? unlimited : carvesOut)} ` +
        relation({ apart, inOneClause: cap.quote === uncapped.quote, reconciled }),
      advice: 'List in the cap, one by one, the liabilities that it does not cover, and say which clause prevails.',
      citations: cite(capping, open),
    },
  ];
}

function relation(read: {
  readonly apart: boolean;
  readonly inOneClause: boolean;
  readonly reconciled: boolean;
}): string {
  if (read.apart) return 'They speak of different sides: the one is protected, the other is not.';
  if (read.inOneClause) return 'The exception stands in the cap itself: what it names is not capped.';
  if (read.reconciled) return 'The wording makes the second an exception to the first: what it names is not capped.';
  return 'Neither clause says which of them prevails, so what the cap protects is open to argument.';
}

/** Whether every clause names whose liability it speaks of, and no side that is protected is among those that are not. */
function differentSides(capping: readonly Clause[], open: readonly Clause[]): boolean {
  const [covered, exposed] = [capping, open].map((clauses) => clauses.map(({ quote }) => liableSides(quote)));
  const told = [...(covered ?? []), ...(exposed ?? [])].every((sides) => sides.length > 0 && !sides.includes('party'));
  const protectedSides = new Set(covered?.flat());
  return told && exposed?.flat().every((side) => !protectedSides.has(side)) === true;
}

function liableSides(quote: string): string[] {
  return [...quote.matchAll(liable)].map((match) => (match[1] ?? match[2] ?? match[3] ?? '').toLowerCase());
}

const liable =
  /\b([a-z]+)['’]s?\s+(?:(?:total|aggregate|maximum|entire|cumulative|overall|own)\s+){0,3}liability\b|\b(?:shall|will)\s+(?:the\s+)?([a-z]+)\s+be\s+liable\b|\b([a-z]+)\s+(?:is|are|shall\s+be|will\s+be|remains?)\s+(?:fully\s+)?liable\b/gi;
const limitsAmount =
  /\bexceed|(?<!\bnot\s+)\blimited\s+to\b|\bin\s+excess\s+of\b|\bmaximum\b|\baggregate\b|\bmore\s+than\b|\bcapped\b/i;
const carvesOut =
  /\bexcept\b|\bother\s+than\b|\bexcluding\b|\bsave\s+(?:for|as|in)\b|\b(?:shall|do|does|will)\s+not\s+apply\b/i;
const ranks = /\bnotwithstanding\b|\bsubject\s+to\b|\bprevails?\b/i;
const unlimited = /\bwithout\s+limit|\bunlimited\b|\bnot\s+be\s+(?:limited|capped)\b|\bnothing\s+in\b/i;
