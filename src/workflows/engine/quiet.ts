import type { JournalEntry } from '../../contracts/journal';
import type { Execution } from './execution';

/** Whether a branch of the pass waits on a step that waits for a call, a timer or a person. */
export function isBusy({ busy, pass }: Execution, entry: JournalEntry): boolean {
  return busy.has(entry.step) && pass.hasClaimed(entry);
}

/**
 * Whether the pass is quiet: every branch has ended or waits on a held effect. By then everything that still holds has
 * been claimed. Evaluated as a condition, after every pending continuation has run.
 */
export function isQuiet(execution: Execution): boolean {
  const { pass, busy, journal } = execution;
  if (pass.held.length === 0 || !pass.turns.isIdle || pass.admitting.length > 0) return false;
  return ![...busy.keys()].some((step) => {
    const entry = journal.find(step);
    return entry !== undefined && isBusy(execution, entry);
  });
}
