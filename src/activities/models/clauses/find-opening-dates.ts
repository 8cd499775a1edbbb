import { findDates } from './read-date';
import type { Preamble } from './preamble';
import type { Span } from './span';

/** The dates that the opening words state, where they stand. */
type OpeningDates = { readonly agreement: Span | null; readonly effective: Span | null };

const madeOn = /\b(?:dated|made|entered|executed|signed|concluded)\b[^.;]{0,80}$/i;
const effectiveOn = /\beffective\b[^.;]{0,40}$/i;
const namedEffective = /^[^.;]{0,20}["“'‘](?:the\s+)?(?:effective|commencement)\s+date/i;
const charactersAround = 120;

/** Finds the date of the contract, and the effective date where the opening words give it. */
export function findOpeningDates(text: string, preamble: Preamble): OpeningDates {
  const opening = text.slice(preamble.start, preamble.end);
  let agreement: Span | null = null;
  let effective: Span | null = null;
  for (const { start, end } of findDates(opening)) {
    const before = opening.slice(Math.max(0, start - charactersAround), start);
    const span = { start: start + preamble.start, end: end + preamble.start };
    if (madeOn.test(before)) agreement ??= span;
    if (effectiveOn.test(before) || namedEffective.test(opening.slice(end, end + charactersAround))) effective ??= span;
  }
  return { agreement, effective };
}
