import type { EffectRecord, JournalEntry, StandingEffect } from '../../contracts/journal';

/** Whether an effect stands, or may stand, and matters: what is safe to repeat is never undone. */
export function mayStand({ effect, outcome }: EffectRecord): boolean {
  return effect !== 'retriable' && (outcome === 'done' || outcome === 'unknown');
}

/** Whether an effect that stands can be taken back; a pivot cannot. */
export function isUndoable({ effect }: EffectRecord): boolean {
  return effect === 'compensatable';
}

/** The effects of a step, its child's included, that stand or may stand; none that belong to another run. */
export function standingOf({
  step,
  effect,
  childEffects = [],
  inherited,
  endedAt,
  askedAt,
}: JournalEntry): StandingEffect[] {
  if (inherited === true) return [];
  const own = effect === undefined ? [] : [{ step, record: effect, at: endedAt ?? askedAt }];
  return [...own, ...childEffects].filter(({ record }) => mayStand(record));
}

/** What stands for all that a child run may have done that ended without saying so, or of whose end nobody heard. */
export function untold({ step, question, askedAt }: JournalEntry, run: string): StandingEffect {
  const record: EffectRecord = {
    effect: 'compensatable',
    tool: question.name,
    input: null,
    idempotencyKey: run,
    lostRun: run,
    outcome: 'unknown',
  };
  return { step, record, at: askedAt };
}

export function standsIn(entry: JournalEntry): boolean {
  return standingOf(entry).length > 0;
}

/** The effects of many steps that stand or may stand, newest first. */
export function newestFirst(entries: readonly JournalEntry[]): StandingEffect[] {
  return entries
    .flatMap((entry) => standingOf(entry).map((effect) => ({ effect, entry })))
    .map((one, index) => ({ ...one, index }))
    .sort((a, b) => b.effect.at - a.effect.at || placeOf(b.entry) - placeOf(a.entry) || b.index - a.index)
    .map(({ effect }) => effect);
}

/** Steps that ended at the same millisecond were settled one after the other. */
function placeOf({ settled = 0 }: JournalEntry): number {
  return settled;
}
