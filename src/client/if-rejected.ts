import type { EffectView, RunView, StepView, WaitingView } from '../contracts/run-view';

/** What the end of a run undoes when a waiting approval is rejected and nobody handles that. */
export interface IfRejected {
  /** Steps whose effects would be undone, newest first; a child's are named after both: `family-1/book-1`. */
  readonly undone: readonly string[];
  /** Steps whose effects stand and cannot be undone. */
  readonly cannotBeUndone: readonly string[];
}

interface NamedEffect extends EffectView {
  readonly step: string;
}

/** Every effect of a run's own that stands, or may stand: what goes when the run is rejected without blaming a step. */
export function ifRejected({ steps }: Pick<RunView, 'steps'>): IfRejected {
  const standing = steps
    .filter(({ inherited }) => inherited !== true)
    .map((step, index) => ({ step, index }))
    .sort((one, other) => endOf(other.step) - endOf(one.step) || other.index - one.index)
    .flatMap(({ step }) => effectsOf(step).filter(stands));
  const named = (isNamed: (effect: EffectView) => boolean) => standing.filter(isNamed).map(({ step }) => step);
  return {
    undone: named(({ effect }) => effect === 'compensatable'),
    cannotBeUndone: named(({ effect }) => effect === 'pivot'),
  };
}

/** Whether a waiting step can be rejected so that the run ends; elsewhere to reject means something else. */
export function isRejectable({ offers }: Pick<WaitingView, 'offers'>): boolean {
  return offers.includes('reject') && !offers.includes('tryAgain');
}

/** A child's effects are newer than nothing of its own step, and the last of them came last. */
function effectsOf({ step, effect, childEffects = [] }: StepView): NamedEffect[] {
  return [...[...childEffects].reverse(), ...(effect === undefined ? [] : [{ ...effect, step }])];
}

function endOf({ endedAt, askedAt }: StepView): number {
  return endedAt ?? askedAt;
}

function stands({ effect, outcome }: EffectView): boolean {
  return effect !== 'retriable' && (outcome === 'done' || outcome === 'unknown');
}
