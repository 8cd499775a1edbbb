import { failure, type Failure } from '../../contracts/failures';
import type { EffectRecord, JournalEntry, StandingEffect } from '../../contracts/journal';
import { issuesOf } from '../../contracts/issues';
import type { LeftOut, RunResult } from '../../contracts/outcome';
import { addUsage, noUsage } from '../../contracts/usage';
import { reworks, type Before, type Execution, type Handover } from './execution';
import { expectedFailure, record, taskFailure } from './failing';
import type { Journal } from './journal';
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
  const leftOut = [...pass.leftOut, ...strayPivots(execution)];
  if (leftOut.length > 0) return { outcome: 'completedPartially', value: verdict.value, leftOut, ...told };
  return { outcome: 'completed', value: verdict.value, ...told };
}

/** The outcome of an execution that could not begin: it has changed nothing, but answers for what it goes on from. */
export function notBegun(reason: Failure, before: Before | undefined): RunResult {
  const entries = entriesBefore(before);
  const effects = entries.flatMap(standingOf);
  return {
    outcome: failedOutcome(reason, effects),
    failure: record(reason),
    usage: entries.map(({ usage }) => usage).reduce(addUsage, noUsage),
    effects: effects.map(({ step }) => step),
    ...(before !== undefined && 'childOf' in before ? forParent(before, effects) : {}),
  };
}

/** The journal that an execution goes on with; that of a run which was forked is none of its business. */
export function entriesBefore(before: Before | undefined): readonly JournalEntry[] {
  if (before === undefined || !('entries' in before)) return [];
  return 'as' in before && before.as === 'fork' ? [] : before.entries;
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

function forParent({ childOf }: Pick<Handover, 'childOf'>, standing: readonly StandingEffect[]) {
  return childOf === undefined || standing.length === 0 ? {} : { standing };
}

/**
 * Pivots that stand, or may stand, although nothing in the value says so: the last pass did not ask for them, or the
 * process was told that their step failed. They cannot be undone, and the result says so.
 */
function strayPivots(execution: Execution): LeftOut[] {
  if (!reworks(execution)) return [];
  const { journal, pass } = execution;
  const isStray = (entry: JournalEntry) =>
    entry.struck !== undefined || journal.hasFailed(entry) || !pass.hasClaimed(entry);
  return journal.entries.filter(isStray).flatMap((entry) =>
    standingOf(entry)
      .filter(({ record: { effect } }) => effect === 'pivot')
      .map(({ step, record: { outcome } }) => ({
        what: `the undoing of ${step}`,
        why: whyLeft(journal, entry, outcome),
      })),
  );
}

function whyLeft(journal: Journal, entry: JournalEntry, outcome: EffectRecord['outcome']): string {
  if (outcome === 'unknown') return 'Nobody knows whether it happened, and it cannot be undone.';
  if (entry.struck === undefined && journal.hasFailed(entry))
    return 'It was done by a step that failed, and cannot be undone.';
  return 'It was done before a rejection, and cannot be undone.';
}
