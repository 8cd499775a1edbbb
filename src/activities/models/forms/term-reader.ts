import * as z from 'zod/mini';
import type { termReader as agent } from '../../../agents/term-reader';
import type { Clause, ClauseCategory, ClauseFinding } from '../../../contracts/clause';
import { singleTerms } from '../../../contracts/terms';
import type { AgentForm, FormContext } from '../agent-form';
import { findDates } from '../clauses/read-date';
import { findDurations } from '../clauses/read-duration';
import { findMoney } from '../clauses/read-money';
import { excerpt } from '../review/excerpt';
import { feedbackOf } from './answered-ids';
import { findQuote, quotable } from './find-quote';
import { fitItems, type FittedPart } from './fit-items';
import { roomFor } from './part-room';
import { makeTerms, type ReadTerm } from './make-terms';

/** So many in a part: its answer then fits the agent's limit on output tokens. */
const itemsMax = 25;
const termsMax = 100;

const Words = z.strictObject({
  terms: z
    .array(
      z.strictObject({
        q: z.string(),
        is: z.enum([...singleTerms, 'party', 'partyRole', 'amount']),
        words: z.string(),
      }),
    )
    .check(z.maxLength(termsMax)),
});
type Written = z.output<typeof Words>['terms'][number];

type Input = Parameters<AgentForm<typeof agent>['open']>[0];

/** The model copies the words that state a term; code reads the value out of them and keeps the quote with it. */
export const termReader: AgentForm<typeof agent, typeof Words> = {
  writes: Words,
  open(input, context) {
    return Promise.resolve(partsOf(input, context).map(({ material }) => ({ material, task })));
  },
  faultOf({ part, value: { terms } }, input, context) {
    const shown = partsOf(input, context)[part]?.items ?? [];
    const faults = terms.flatMap((term) => faultsOfTerm(term, shown));
    const twice = singleTerms.filter((is) => terms.filter((term) => term.is === is).length > 1);
    return Promise.resolve(
      feedbackOf('These terms are wrong. Correct them, or leave them out.', [
        ...faults,
        ...twice.map((is) => `${is}: may stand only once`),
      ]),
    );
  },
  join(written, input, context) {
    const shown = partsOf(input, context).flatMap(({ items }) => items);
    const read = written.flatMap(({ terms }) =>
      terms.flatMap(({ q, is, words }): ReadTerm[] => {
        const own = shown.find(({ id }) => id === q);
        return own === undefined ? [] : [{ is, words, clause: own.clause }];
      }),
    );
    return Promise.resolve(makeTerms(read));
  },
};

const task = [
  'Find the terms that the quotes above (Q1, Q2, …) state. Copy the words of each term from its quote, unchanged.',
  '- party: the full name of a party; partyRole: the short name that the contract gives to the party before it',
  '- agreementDate, effectiveDate, expirationDate: a date, such as 1 March 2024',
  '- initialTerm, renewalTerm, renewalNotice: a length of time, such as three (3) years; renewalNotice is how long',
  '  before the end notice must be given',
  '- governingLaw: the state or country whose law governs',
  '- amount: a sum of money with its currency, such as USD 5,000; every sum, each by itself',
  'Answer with JSON that has one key, "terms": a list with one entry for each term, with the keys "q", the id of its',
  'quote, "is", one of the names above, and "words": {"terms": [{"q": "Q1", "is": "party", "words": "…"}]}. Without',
  'terms: {"terms": []}.',
].join('\n');

const categoriesWithTerms: ReadonlySet<ClauseCategory> = new Set([
  'Parties',
  'Agreement Date',
  'Effective Date',
  'Expiration Date',
  'Renewal Term',
  'Notice Period To Terminate Renewal',
  'Governing Law',
]);

interface Shown {
  readonly id: string;
  readonly clause: Clause;
}

function partsOf({ findings }: Input, { openingBytesMax }: FormContext): FittedPart<Shown>[] {
  const shown = clausesWithTerms(findings).map((clause, index) => ({ id: `Q${index + 1}`, clause }));
  return fitItems(shown, show, { bytesMax: roomFor(openingBytesMax, Buffer.byteLength(task)), itemsMax });
}

/** Clauses of the categories that terms are read from, and those that name a sum; the same passage once in each sense. */
function clausesWithTerms(findings: readonly ClauseFinding[]): Clause[] {
  const clauses = findings.flatMap((finding) => finding.clauses);
  const own = clauses.filter(({ category }) => categoriesWithTerms.has(category));
  const named = new Set(own.map(placeOf));
  const sums = new Map<string, Clause>();
  for (const clause of clauses) {
    const place = placeOf(clause);
    if (named.has(place) || sums.has(place) || findMoney(clause.quote, 'USD').length === 0) continue;
    sums.set(place, clause);
  }
  return [...own, ...sums.values()];
}

function placeOf({ start, end }: Clause): string {
  return `${start}-${end}`;
}

function show({ id, clause }: Shown, charactersMax: number): string {
  return `${id} ${clause.category}: ${excerpt(clause.quote, { charactersMax }).replace(/\s+/g, ' ')}`;
}

function faultsOfTerm({ q, is, words }: Written, shown: readonly Shown[]): string[] {
  const clause = shown.find(({ id }) => id === q)?.clause;
  const named = `“${words.slice(0, 120)}”`;
  if (clause === undefined) return [`${q}: there is no such quote`];
  if (findQuote(quotable(clause.quote), words, { start: 0, end: clause.quote.length }) === null) {
    return [`${q}: ${named} does not stand in it`];
  }
  return isReadable(is, words) ? [] : [`${q}: ${named} states no ${is}`];
}

function isReadable(is: Written['is'], words: string): boolean {
  switch (is) {
    case 'agreementDate':
    case 'expirationDate':
      return findDates(words, 'dayFirst').length > 0;
    case 'initialTerm':
    case 'renewalTerm':
    case 'renewalNotice':
      return findDurations(words).some(({ duration }) => duration !== null);
    case 'amount':
      return findMoney(words, 'USD').length > 0;
    case 'effectiveDate':
    case 'governingLaw':
    case 'party':
    case 'partyRole':
      return true;
  }
}
