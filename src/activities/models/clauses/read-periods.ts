import type { Clause } from '../../../contracts/clause';
import type { Terms } from '../../../contracts/terms';
import { findDurations, theOneDuration, type DurationInText } from './read-duration';

type Period = Terms['initialTerm'];

const noticeAfter =
  /^\s*['’]?\s*(?:(?:prior|written|advance|notice|before|in\s+advance|after\s+(?:written\s+)?notice)\b)/iu;
const noticeNear = /^(?:(?!\b(?:unless|if|provided)\b)[^.;]){0,40}?\b(?:notice|prior|before|advance)\b/iu;
const noticeBefore = /\bnotice\b[^.;]{0,60}$|\b(?:at\s+least|not\s+less\s+than|no\s+less\s+than)\s+$/iu;
const renewalBefore = /\b(?:renew\p{L}*|extend\p{L}*|extension|additional|successive|subsequent)\b[^.;]{0,80}$/iu;
const termBefore = /\b(?:terms?|period|continue|remain|for|expires?|until)\b[^.;]{0,60}$/iu;
/** "The sooner of six months or the replacement of": how long is open. */
const dependsOnEvent = /\b(?:sooner|earlier|later)\s+(?:of|to\s+occur)\b[^.;]{0,60}$/iu;
const charactersBefore = 120;

/** Reads the initial term, from the clause on expiration. */
export function readInitialTerm(clauses: readonly Clause[]): Period {
  return firstPeriod(clauses, (before, after) => {
    if (dependsOnEvent.test(before)) return false;
    return termBefore.test(before) && !renewalBefore.test(before) && !noticeAfter.test(after);
  });
}

/** Reads for how long the contract is renewed; of several renewals, the first. */
export function readRenewalTerm(clauses: readonly Clause[]): Period {
  return firstPeriod(clauses, (before, after) => {
    const inWords = /\b(?:additional|successive|renewal|subsequent)\b/iu.test(after.slice(0, 30));
    return (renewalBefore.test(before) || inWords) && !noticeAfter.test(after) && !noticeBefore.test(before);
  });
}

/** Reads how long before the end a party must say that it does not renew. */
export function readRenewalNotice(clauses: readonly Clause[]): Period {
  return firstPeriod(clauses, (before, after) => noticeNear.test(after) || noticeBefore.test(before));
}

/** The first quote in which the durations whose surroundings qualify are one and the same. */
function firstPeriod(clauses: readonly Clause[], qualifies: (before: string, after: string) => boolean): Period {
  for (const { quote, anchor } of clauses) {
    const durations = findDurations(quote).filter((found) => qualifies(...around(quote, found)));
    if (durations.length === 0) continue;
    const duration = theOneDuration(durations);
    return duration === null ? null : { ...duration, quote, anchor };
  }
  return null;
}

function around(quote: string, { start, end }: DurationInText): [before: string, after: string] {
  return [quote.slice(Math.max(0, start - charactersBefore), start), quote.slice(end)];
}
