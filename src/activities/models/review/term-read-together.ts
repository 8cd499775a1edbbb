import type { Clause, ClauseCategory } from '../../../contracts/clause';
import type { Terms } from '../../../contracts/terms';
import { type ContractReading, cite, type UnnumberedRisk } from './contract-reading';
import { quoted } from './excerpt';
import { durationInDays, statedDurations } from './stated-durations';

const dayMs = 86_400_000;
const restrictions = ['Non-Compete', 'No-Solicit Of Customers', 'No-Solicit Of Employees'] as const;
const termCategories: readonly ClauseCategory[] = [
  'Notice Period To Terminate Renewal',
  'Renewal Term',
  'Expiration Date',
  'Effective Date',
  'Agreement Date',
];

type Source = { readonly quote: string; readonly anchor: string };
type Duration = NonNullable<Terms['initialTerm']>;

/** A notice to stop the renewal that is due before the term it would end has begun. */
export function renewalCannotBeStopped(reading: ContractReading): UnnumberedRisk[] {
  const { renewalNotice: notice, initialTerm, renewalTerm } = reading.terms;
  if (!notice) return [];
  const outlasted =
    [initialTerm, renewalTerm].find((term) => term !== null && durationInDays(notice) >= durationInDays(term)) ?? null;
  const source = outlasted ?? noticeDueBeforeStart(reading.terms, notice);
  const noticeClause = clauseBehind(reading, notice);
  const termClause = source && clauseBehind(reading, source);
  if (!source || !noticeClause || !termClause) return [];
  return [
    {
      category: noticeClause.category,
      severity: 'high',
      statement:
        'The notice that stops the renewal is due before the term that it ends has begun, so it cannot be given in time. ' +
        `On the notice: ${quoted(notice.quote, 200, /notice/i)} On the term: ${quoted(source.quote, 200)}`,
      advice: 'Shorten the notice so that it falls well inside the term that it ends.',
      citations: cite([noticeClause, termClause]),
    },
  ];
}

/** A renewal that comes by itself, of which no clause says how to stop it. */
export function renewalWithoutNotice({ terms, clausesOf }: ContractReading): UnnumberedRisk[] {
  const renewals = clausesOf('Renewal Term').filter(({ quote }) =>
    /\bautomatic(?:ally)?\b[^.;]{0,80}\b(?:renew|exten)|\b(?:renew|exten)\w*\b[^.;]{0,80}\bautomatic(?:ally)?\b/i.test(
      quote,
    ),
  );
  const [renewal] = renewals;
  const stoppable = terms.renewalNotice !== null || clausesOf('Notice Period To Terminate Renewal').length > 0;
  if (!renewal || stoppable || renewals.some(({ quote }) => /\bunless\b|\bnotice\b|\bnotif/i.test(quote))) return [];
  return [
    {
      category: 'Renewal Term',
      severity: 'medium',
      statement: `The contract renews by itself, and no notice to stop it was found: ${quoted(renewal.quote, 240, /automatic/i)}`,
      advice: 'Add a right to stop each renewal by notice, and put its date in the diary.',
      citations: cite(renewals),
    },
  ];
}

/** A restriction on competing or soliciting that lasts longer than the contract it comes with. */
export function restrictionOutlastsTerm(reading: ContractReading): UnnumberedRisk[] {
  const term = reading.terms.initialTerm;
  const behind = term && clauseBehind(reading, term);
  if (!behind) return [];
  return restrictions.flatMap((category) => {
    const longer = reading
      .clausesOf(category)
      .filter(({ quote }) =>
        statedDurations(quote).some(({ days, notice }) => !notice && days !== null && days > durationInDays(term)),
      );
    const [first] = longer;
    if (!first) return [];
    return [
      {
        category,
        severity: 'medium' as const,
        statement:
          'The restriction lasts longer than the contract’s own first term. ' +
          `The restriction: ${quoted(first.quote, 200, /years?\b|months?\b/i)} The term: ${quoted(term.quote, 200)}`,
        advice: 'End the restriction with the contract, or shortly after it.',
        citations: cite(longer, [behind]),
      },
    ];
  });
}

function noticeDueBeforeStart(terms: Terms, notice: Duration): Source | null {
  const { expirationDate: end, effectiveDate, agreementDate } = terms;
  const start = effectiveDate ?? agreementDate;
  if (!end || !start) return null;
  return Date.parse(end.date) - durationInDays(notice) * dayMs <= Date.parse(start.date) ? end : null;
}

/** The clause that a term was parsed from; without one the term cannot be cited. */
function clauseBehind({ clausesOf }: ContractReading, term: Source): Clause | null {
  const clauses = termCategories.flatMap((category) => clausesOf(category));
  const exact = clauses.find(({ quote, anchor }) => quote === term.quote && anchor === term.anchor);
  return exact ?? clauses.find(({ quote }) => quote.includes(term.quote)) ?? null;
}
