import { failure, type Failure } from '../../contracts/failures';
import type { JournalEntry } from '../../contracts/journal';
import type { RunResult } from '../../contracts/outcome';
import { issuesOf } from '../../contracts/issues';
import type { Execution } from './execution';
import { expectedFailure, record, taskFailure } from './failing';
import type { Journal } from './journal';
import { notPure } from './purity';

/** How the process function ended. */
export type End =
  { readonly type: 'returned'; readonly value: unknown } | { readonly type: 'threw'; readonly error: unknown };

/** The outcome of a run whose calls are all settled. */
export function resultOf(execution: Execution, end: End): RunResult {
  const { ledger, leftOut, process, journal } = execution;
  if (end.type === 'threw') return failedResult(execution, reasonOf(end.error));
  const impure = notPure(execution);
  if (impure !== undefined) return failedResult(execution, impure);
  const parsed = process.output.safeParse(end.value);
  if (!parsed.success) {
    const message = `${process.name} returned what its output schema does not allow: ${issuesOf(parsed.error)}`;
    return failedResult(execution, failure('InvalidOutput', message));
  }
  const completed = { value: parsed.data, usage: ledger.spent, effects: standingEffects(journal) };
  if (leftOut.length > 0) return { outcome: 'completedPartially', leftOut, ...completed };
  return { outcome: 'completed', ...completed };
}

function reasonOf(error: unknown): Failure {
  const expected = expectedFailure(error);
  if (expected === undefined) throw taskFailure(error);
  return expected;
}

/** Effects that stand keep a run from being called rolled back: a person must look at them. */
function failedResult({ journal, ledger }: Execution, reason: Failure): RunResult {
  const effects = standingEffects(journal);
  const failed = { failure: record(reason), usage: ledger.spent, effects };
  if (effects.length > 0) return { outcome: 'needsRepair', ...failed };
  switch (reason.type) {
    case 'Rejected':
      return { outcome: 'rejected', ...failed };
    case 'OutOfBudget':
      return { outcome: 'outOfBudget', ...failed };
    default:
      return { outcome: 'rolledBack', ...failed };
  }
}

/** The steps of this run and its children whose effects stand, or may stand. */
function standingEffects({ entries }: Journal): string[] {
  return entries.flatMap((entry) => [...(mayStand(entry) ? [entry.step] : []), ...(entry.childEffects ?? [])]);
}

/** Retriable effects are safe to stand; the others are done, or nobody knows. */
function mayStand({ effect }: JournalEntry): boolean {
  return effect !== undefined && effect.effect !== 'retriable' && effect.outcome !== 'refused';
}
