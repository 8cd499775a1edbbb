import type { EffectEvent } from '../../contracts/rehearsal';
import type { StateDifference, SystemsState } from '../../contracts/systems-state';

/** Idempotency keys in names are cut to this length. */
const shortKeyLength = 8;
const momentPattern = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: UTC|Z|[+-]\d{2}:?\d{2})?/g;

/** Makes states of equal runs equal: their keys and the moments of their documents are replaced by words. */
export interface Mask {
  readonly state: (state: SystemsState) => SystemsState;
  readonly change: (change: StateDifference) => StateDifference;
}

/**
 * What differs between equal runs is the keys that the run made, and, in reports, when something was written. Nothing
 * else is replaced, so that nothing else can hide.
 *
 * @param events all that the run did, which names its keys
 */
export function maskOf(events: readonly EffectEvent[]): Mask {
  const keys = [...new Set(events.map(({ idempotencyKey }) => idempotencyKey))];
  const words = keys.flatMap((key) => [key, key.slice(0, shortKeyLength)]);
  const masked = (records: readonly string[]) =>
    records
      .map((record) => words.reduce((text, word) => text.replaceAll(word, '<key>'), record))
      .map((record) => (record.startsWith('report ') ? record.replace(momentPattern, '<moment>') : record))
      .sort();
  return {
    state: masked,
    change: ({ removed, added }) => ({ removed: masked(removed), added: masked(added) }),
  };
}
