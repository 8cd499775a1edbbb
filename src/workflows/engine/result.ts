import { failure, type Failure } from '../../contracts/failures';
import type { StandingEffect } from '../../contracts/journal';
import { issuesOf } from '../../contracts/issues';
import type { LeftOut, RunResult } from '../../contracts/outcome';
import { reworks, type Execution } from './execution';
import { expectedFailure, record, taskFailure } from './failing';
import { notPure } from './purity';
import { standingOf } from './standing';

/** How the process function ended. */
export type End =
  { readonly type: 'returned'; readonly value: unknown } | { readonly type: 'threw'; readonly error: unknown };

/** What a run comes to, before it is known whether everything could be undone. */
export type Verdict =
  { readonly isDone: true; readonly value: unknown } | { readonly isDone: false; readonly reason: Failure };

/** Whether the process function gave a value that counts. */
export function judgeEnd(execution: Execution, end: End): Verdict {
  if (end.type === 'threw') return { isDone: false, reason: reasonOf(end.error) };
  const impure = notPure(execution);
  if (impure !== undefined) return { isDone: false, reason: impure };
  const { process } = execution;
  const parsed = process.output.safeParse(end.value);
  if (parsed.success) return { isDone: true, value: parsed.data };
  const message = `${process.name} returned what its output schema does not allow: ${issuesOf(parsed.error)}`;
  return { isDone: false, reason: failure('InvalidOutput', message) };
}

function reasonOf(error: unknown): Failure {
  const expected = expectedFailure(error);
  if (expected === undefined) throw taskFailure(error);
  return expected;
}

/** The outcome of a run in which nothing is in flight, and what could be undone is. */
export function resultOf(execution: Execution, verdict: Verdict): RunResult {
  const { ledger, pass } = execution;
  const effects = standingEffects(execution);
  const told = { usage: ledger.spent, effects: effects.map(({ step }) => step), ...forParent(execution, effects) };
  if (!verdict.isDone)
    return { outcome: failedOutcome(verdict.reason, effects), failure: record(verdict.reason), ...told };
  const leftOut = [...pass.leftOut, ...stalePivots(execution)];
  if (leftOut.length > 0) return { outcome: 'completedPartially', value: verdict.value, leftOut, ...told };
  return { outcome: 'completed', value: verdict.value, ...told };
}

/** Effects that stand keep a run from being called rolled back: a person must look at them. */
function failedOutcome({ type }: Failure, effects: readonly StandingEffect[]) {
  if (effects.length > 0) return 'needsRepair';
  if (type === 'Rejected') return 'rejected';
  return type === 'OutOfBudget' ? 'outOfBudget' : 'rolledBack';
}

/** The effects of this run and its children that stand, or may stand, in the order of asking. */
function standingEffects({ journal }: Execution): StandingEffect[] {
  return journal.entries.flatMap(standingOf);
}

function forParent({ childOf }: Execution, standing: readonly StandingEffect[]) {
  return childOf === undefined || standing.length === 0 ? {} : { standing };
}

/** Pivots that the last pass did not ask for: they cannot be undone, and the result says so. */
function stalePivots(execution: Execution): LeftOut[] {
  if (!reworks(execution)) return [];
  return execution.pass
    .unclaimed()
    .filter(({ effect, inherited }) => effect?.effect === 'pivot' && effect.outcome !== 'refused' && inherited !== true)
    .map(({ step }) => ({
      what: `the undoing of ${step}`,
      why: 'It was done before a rejection, and cannot be undone.',
    }));
}
