import type { StandingEffect } from '../../contracts/journal';
import { failure, type Failure } from '../../contracts/failures';
import { compensations } from './call';
import { expectedFailure } from './failing';
import { isUndoable } from './standing';
import { groupOf, summary } from './story';

/** What a person says of an effect that could not be undone; nobody said anything when it is `left`. */
export type Repair = 'tryAgain' | 'undoneByHand' | 'left';

export interface Undoing {
  /** Is asked about an effect whose undoing keeps failing, as often as it says `tryAgain`. */
  readonly repair: (effect: StandingEffect, reason: Failure) => Promise<Repair>;
  /** Is asked before each effect whether to leave the rest standing. Default: never. */
  readonly isOver?: () => boolean;
}

/**
 * Undoes effects in the given order, each at most once, and notes in each record what came of it. Pivots are passed
 * over: they cannot be undone. Call it in a scope that is not cancelled, when nothing is in flight any more.
 */
export async function undoEffects(
  effects: readonly StandingEffect[],
  { repair, isOver = () => false }: Undoing,
): Promise<void> {
  for (const effect of effects) {
    if (isOver()) return;
    if (!isUndoable(effect.record)) continue;
    for (let round = 1; (await undoOnce(effect, round, repair)) === 'tryAgain'; round++);
  }
}

async function undoOnce(effect: StandingEffect, round: number, repair: Undoing['repair']): Promise<Repair | 'undone'> {
  const { step, record } = effect;
  const { tool, input, idempotencyKey, outcome } = record;
  const options = {
    activityId: `${step}.undo-${round}`,
    summary: summary(`undo of ${step}`, tool),
    eventGroups: groupOf(step, ''),
  };
  try {
    if (record.lostRun !== undefined) throw notTold(step, record.lostRun);
    const call = { tool, input, idempotencyKey, outcome: outcome === 'unknown' ? outcome : ('done' as const) };
    const { wasDone } = await compensations.undoTool.executeWithOptions(options, [call]);
    record.outcome = wasDone ? 'undone' : 'refused';
    return 'undone';
  } catch (error) {
    const reason = expectedFailure(error);
    if (reason === undefined) throw error;
    const said = await repair(effect, reason);
    if (said === 'undoneByHand') record.outcome = 'undoneByHand';
    return said;
  }
}

function notTold(step: string, run: string): Failure {
  return failure(
    'StepFailed',
    `${step} ended without saying what it did. See what \`show ${run}\` lists, undo by hand what of it stands, and say so.`,
    { step, run },
  );
}
