import { type Duration, findDurations } from '../clauses/read-duration';

/** A duration that a clause states, in days, or null when it cannot be told; and whether it is a notice period. */
export interface StatedDuration {
  readonly days: number | null;
  readonly notice: boolean;
}

const daysPerUnit = { day: 1, week: 7, month: 30, year: 365 } as const;
const noticeAfter =
  /^\s*['’]?\s*(?:(?:advance|written|previous|formal|of|in|or\s+more)\s+){0,3}(?:notice|prior|before|advance)\b/i;
const noticeBefore =
  /\bnotice\s+(?:period\s+)?(?:of\s+|is\s+|shall\s+be\s+)?(?:at\s+least|not\s+less\s+than|no\s+less\s+than)?\s*$/i;

/** The durations that a clause states, in its order. A playbook does not tell business days from others. */
export function statedDurations(clause: string): readonly StatedDuration[] {
  const text = clause.replace(/\b(?:business|working|banking)(?=\s+days?\b)/gi, (word) => ' '.repeat(word.length));
  return findDurations(text).map(({ duration, start, end }) => ({
    days: duration && durationInDays(duration),
    notice:
      noticeAfter.test(text.slice(end, end + 80)) || noticeBefore.test(text.slice(Math.max(0, start - 80), start)),
  }));
}

/** A duration in days as playbooks count them: a month has 30, a year 365. */
export function durationInDays({ amount, unit }: Duration): number {
  return amount * daysPerUnit[unit];
}
