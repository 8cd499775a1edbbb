import { CancellationScope, condition } from '@temporalio/workflow';
import { failure, type Failure } from '../../contracts/failures';
import { days } from '../../contracts/duration';
import type { JournalEntry, StandingEffect } from '../../contracts/journal';
import { askApproval } from './approval-step';
import { whileBusy, type CallingStep } from './call';
import type { Execution } from './execution';
import { expectedFailure } from './failing';
import { isKept } from './rework';
import { isUndoable, mayStand, newestFirst } from './standing';
import { tellState } from './story';
import { undoEffects, type Repair } from './undo';

/** How long a person may take to say what became of an effect that could not be undone. */
const repairWithinMs = days(7);

/**
 * At the quiet point of a pass: strikes everything that it did not ask for, settles what of that is in flight, and
 * undoes what everything struck has done, newest first.
 *
 * @returns why the run must stop, when an effect could not be undone and nobody did so by hand
 */
export async function sweep(execution: Execution): Promise<Failure | undefined> {
  const { journal, pass, inFlight } = execution;
  const unclaimed = pass.unclaimed();
  const stale = unclaimed.filter((entry) => !isKept(entry));
  for (const entry of stale) {
    journal.strike(entry, { why: 'stale' });
    inFlight.get(entry.step)?.scope.cancel();
  }
  await condition(() => unclaimed.every(({ step }) => !inFlight.has(step)));
  // After a rejection in the meantime, the next pass's sweep undoes everything in one order.
  return undoStanding(
    execution,
    (entry) => entry.struck !== undefined,
    () => execution.pass !== pass,
  );
}

/** At the end of a run: undoes what its steps have done, newest first. */
export function undoEverything(execution: Execution): Promise<Failure | undefined> {
  return undoStanding(execution, () => true);
}

/**
 * At the end of a run that succeeds: undoes what steps may have done whose failure the process was told of, and what
 * tools did for an agent that failed.
 */
export function undoDoubtful(execution: Execution): Promise<Failure | undefined> {
  return undoStanding(execution, (entry) => execution.journal.hasFailed(entry));
}

/**
 * Undoes what tools did for an agent whose output does not count, before anything else is tried; what cannot be undone
 * stays.
 *
 * @throws `CompensationFailed` when something could be undone, and was not
 */
export async function undoConversation({ execution, entry }: CallingStep): Promise<void> {
  const left = entry.conversation === undefined ? undefined : await undoWithin(execution, entry);
  if (left !== undefined) throw left;
}

async function undoWithin(execution: Execution, entry: JournalEntry): Promise<Failure | undefined> {
  const { journal } = execution;
  for (const inner of journal.entries) {
    if (inner.within !== entry.step || inner.effect?.effect !== 'compensatable') continue;
    journal.strike(inner, { why: 'stale' });
  }
  const due = newestFirst(
    journal.entries.filter(({ within, struck }) => within === entry.step && struck !== undefined),
  );
  if (due.length === 0) return undefined;
  execution.callsInFlight += 1;
  try {
    await whileBusy({ execution, entry }, () =>
      CancellationScope.nonCancellable(() =>
        undoEffects(due, { repair: (effect, reason) => askRepair(execution, effect, reason) }),
      ),
    );
  } finally {
    execution.callsInFlight -= 1;
  }
  const left = due.filter(({ record }) => isUndoable(record) && mayStand(record));
  return left.length === 0 ? undefined : notUndone(left.map(({ step }) => step));
}

async function undoStanding(
  execution: Execution,
  isDue: (entry: JournalEntry) => boolean,
  isOver: () => boolean = () => false,
): Promise<Failure | undefined> {
  const due = newestFirst(execution.journal.entries.filter(isDue));
  if (due.length === 0 || isOver()) return undefined;
  execution.isUndoing = true;
  tellState(execution);
  try {
    await CancellationScope.nonCancellable(() =>
      undoEffects(due, { repair: (effect, reason) => askRepair(execution, effect, reason), isOver }),
    );
  } finally {
    execution.isUndoing = false;
    tellState(execution);
  }
  if (isOver()) return undefined;
  const left = due.filter(({ record }) => isUndoable(record) && mayStand(record));
  return left.length === 0 ? undefined : notUndone(left.map(({ step }) => step));
}

function notUndone(steps: readonly string[]): Failure {
  return failure(
    'CompensationFailed',
    `What ${steps.join(', ')} did could not be undone, and nobody said that they undid it.`,
    { steps },
  );
}

/** Asks the owner of the process about an effect whose undoing keeps failing. The run waits as `needsRepair`. */
async function askRepair(execution: Execution, { step, record }: StandingEffect, reason: Failure): Promise<Repair> {
  const entry = execution.journal.find(step.split('/')[0] ?? step);
  if (entry === undefined) throw new Error(`Expected a journal entry for ${step}.`);
  const round = 1 + execution.journal.entries.filter(({ within }) => within === entry.step).length;
  execution.needsRepair = true;
  try {
    const { decision } = await askApproval(
      { execution, within: entry, evenStopped: true },
      {
        name: `${record.tool}Repair`,
        about: `${step} could not be undone`,
        of: { step, tool: record.tool, input: record.input, reason: reason.message, round },
        role: execution.process.owner,
        offers: ['undoneByHand', ...(record.lostRun === undefined ? (['tryAgain'] as const) : []), 'reassign'],
        withinMs: repairWithinMs,
      },
    );
    return decision === 'undoneByHand' ? 'undoneByHand' : 'tryAgain';
  } catch (error) {
    if (expectedFailure(error) === undefined) throw error;
    return 'left';
  } finally {
    execution.needsRepair = false;
  }
}
