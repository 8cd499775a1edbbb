import type { JournalEntry } from '../../contracts/journal';
import { beganWith, type Execution } from './execution';

/**
 * Whether a branch of the pass waits on a step that waits for a call, a timer, a person or a child; so does whatever
 * pass it is while a person is asked whether a pivot happened.
 */
export function isBusy({ busy, pass, holdingChildren, journal }: Execution, entry: JournalEntry): boolean {
  if (!busy.has(entry.step) || holdingChildren.has(entry.step)) return false;
  return pass.hasClaimed(entry) || journal.outermost(entry).doubt !== undefined;
}

/** Whether something waits for the quiet point: a held effect, or a child with a pivot. */
export function isHolding({ pass, holdingChildren }: Execution): boolean {
  return pass.held.length > 0 || holdingChildren.size > 0;
}

/**
 * Whether the pass is quiet: every branch has ended or waits on a held effect. By then everything that still holds has
 * been claimed. Evaluated as a condition, after every pending continuation has run.
 */
export function isQuiet(execution: Execution): boolean {
  const { pass, busy, journal } = execution;
  // A run that stops releases nothing more.
  if (execution.stopped !== undefined) return false;
  if (mayGoOn(execution)) return false;
  if (!isHolding(execution) || !pass.turns.isIdle || pass.admitting.length > 0) return false;
  return ![...busy.keys()].some((step) => {
    const entry = journal.find(step);
    return entry !== undefined && isBusy(execution, entry);
  });
}

/** Whether branches that are held back for a hand-over would go on. */
function mayGoOn(execution: Execution): boolean {
  const { handingOver, heldBackCount, holdingChildren } = execution;
  return beganWith(2, execution) ? handingOver || heldBackCount > 0 : handingOver && holdingChildren.size === 0;
}
