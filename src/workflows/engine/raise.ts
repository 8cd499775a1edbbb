import * as z from 'zod/mini';
import { days } from '../../contracts/duration';
import type { Budget } from '../../contracts/usage';
import { askApproval } from './approval-step';
import type { CallingStep } from './call';
import type { EditSchema } from './decisions';
import type { Execution, Shortage } from './execution';
import { expectedFailure } from './failing';
import { outOfBudget, usageMax } from './ledger';
import { isRaise, openRaise, raiseName } from './raises';

/** How long the owner may take before the run ends. */
const raiseWithinMs = days(2);

/**
 * Asks the owner of the process to raise the run's budget, once for however many calls wait for it. The run waits; it
 * ends when the owner refuses or the deadline passes.
 *
 * @throws `OutOfBudget` when the budget was not raised
 */
export async function askOwner(calling: CallingStep, { needs, lack }: Shortage): Promise<void> {
  const { execution, entry } = calling;
  await execution.pass.catchingUp;
  if (execution.stopped !== undefined) throw execution.stopped;
  const { journal, ledger } = execution;
  // A question that an earlier execution asked is asked again as it was, so that it is the same.
  const open = openRaise(journal.entries);
  const within = (open?.within === undefined ? undefined : journal.find(open.within)) ?? entry;
  const { budget, spent } = ledger;
  const subject = open?.approval?.subject ?? { step: entry.step, spent, budget, unit: lack.unit, askedFor: needs };
  try {
    const { value } = await askApproval(
      // Also while a hand-over waits for a child that needs more.
      { execution, within, evenStopped: true },
      {
        name: raiseName,
        about: `the budget of ${execution.process.name} is at its end`,
        of: subject,
        role: execution.process.owner,
        offers: ['edit', 'reject', 'reassign'],
        withinMs: raiseWithinMs,
        editSchema: raisedBudget(execution),
      },
    );
    ledger.raise(value as Budget); // held against the schema when it came
  } catch (error) {
    const { type } = expectedFailure(error) ?? {};
    if (type === 'Rejected' || type === 'ApprovalExpired') execution.stopped ??= notRaised(execution, lack.unit);
    if (execution.stopped !== undefined) throw execution.stopped;
    // The step that asked is no longer asked for: who still needs more asks anew.
    if (type !== 'ApprovalWithdrawn' && type !== 'Cancelled') throw error;
    strikeWithdrawn(execution);
  }
}

/** A question that was withdrawn answers nobody: put again as it was, it is a new one. */
function strikeWithdrawn({ journal }: Execution): void {
  for (const entry of journal.entries)
    if (isRaise(entry) && entry.state === 'failed') journal.strike(entry, { why: 'stale' });
}

function notRaised({ ledger }: Execution, unit: Shortage['lack']['unit']) {
  return outOfBudget(unit, ledger.spent[unit], usageMax(ledger.budget)[unit]);
}

/** What a raised budget must be: no figure below what is spent, and one at least above the present budget's. */
function raisedBudget({ ledger, startedAt }: Execution): EditSchema {
  const figure = (spent: () => number) =>
    z.int().check(z.refine((max) => max >= spent(), { error: () => `Expected at least ${spent()}, which is spent.` }));
  return z
    .strictObject({
      tokensMax: figure(() => ledger.spent.tokens),
      costMicroUsdMax: figure(() => ledger.spent.costMicroUsd),
      callsMax: figure(() => ledger.spent.calls),
      durationMsMax: figure(() => Math.max(ledger.budget.durationMsMax, Date.now() - startedAt)),
    })
    .check(
      z.refine((raised) => figures.some((name) => raised[name] > ledger.budget[name]), {
        error: () => `Expected one figure above the present budget's: ${JSON.stringify(ledger.budget)}.`,
      }),
    );
}

const figures = ['tokensMax', 'costMicroUsdMax', 'callsMax', 'durationMsMax'] as const;
