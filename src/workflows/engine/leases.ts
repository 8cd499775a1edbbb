import { condition, getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import { addUsage, usageUnits, type Usage } from '../../contracts/usage';
import { grantLeaseSignal, requestLeaseSignal } from '../messages';
import { oneCall, room, type CallingStep } from './call';
import type { Execution, LeasedChild, Shortage } from './execution';
import type { Ledger, Reservation } from './ledger';
import { askOwner } from './raise';

/** A child gets this part of what is left beyond what it needs at once, so that others can begin, too. */
const partOfLeft = 4;

/** What a child run costs before anything else: itself, and a first call. */
export const childNeeds: Usage = { ...oneCall, calls: 2 };

/** What a run asks for when a call does not fit: of its owner, or, within its own budget, of its parent. */
export async function askForMore(calling: CallingStep, shortage: Shortage): Promise<void> {
  const { execution } = calling;
  execution.asksForMore = true;
  try {
    await (shortage.lack.of === 'budget' ? askOwner(calling, shortage) : askParent(execution, shortage));
  } finally {
    execution.asksForMore = false;
  }
}

/** Gives up what of the lease is not committed, and waits until the parent has said how much the run may have. */
async function askParent(execution: Execution, { needs }: Shortage): Promise<void> {
  const { childOf, ledger } = execution;
  const { parent } = workflowInfo();
  if (childOf === undefined || parent === undefined) throw new Error('Expected a run with a lease to be a child.');
  const held = ledger.committed;
  ledger.letHave(held);
  execution.awaitsLease = true;
  // A hand-over waits for the answer, which is for this execution.
  execution.callsInFlight += 1;
  try {
    await getExternalWorkflowHandle(parent.workflowId, parent.runId)
      .signal(requestLeaseSignal, childOf, { held, needs })
      .catch(() => undefined); // a parent that has ended cancels this run
    await condition(() => !execution.awaitsLease || execution.stopped !== undefined);
  } finally {
    execution.callsInFlight -= 1;
    execution.awaitsLease = false;
  }
}

/** Takes what the parent lets this run have in all. */
export function takeLease(execution: Execution, lease: Usage): void {
  if (!execution.awaitsLease) return;
  execution.ledger.letHave(lease);
  execution.awaitsLease = false;
}

/**
 * Lets a child have more when it asks, for as long as it runs. What it asks for is reserved as for any call of this
 * run: it waits for others, and at the end of the budget for its owner.
 */
export async function serveChild(
  calling: CallingStep,
  { child, workflowId, declared, hasEnded }: Serving,
): Promise<void> {
  const { reservation } = child;
  const { ledger } = calling.execution;
  for (;;) {
    await condition(() => child.request !== undefined || hasEnded());
    if (child.request === undefined || hasEnded()) return;
    const { held, needs } = child.request;
    reservation.usage = addUsage(oneCall, held);
    reservation.isWaiting = true;
    const more = await room(calling, needs, true);
    ledger.release(more);
    if (hasEnded()) return;
    reservation.usage = addUsage(reservation.usage, more.usage);
    reservation.isWaiting = false;
    delete child.request;
    const lease = widen(ledger, reservation, declared);
    await getExternalWorkflowHandle(workflowId)
      .signal(grantLeaseSignal, lease)
      .catch(() => undefined); // the child has ended: it needs no more
  }
}

export interface Serving {
  readonly child: LeasedChild;
  readonly workflowId: string;
  /** The most that the child may spend by its own budget. */
  readonly declared: Usage;
  readonly hasEnded: () => boolean;
}

/**
 * Adds to what is reserved for a child a part of what is left, as far as its own budget reaches.
 *
 * @returns what the child may spend in all
 */
export function widen(ledger: Ledger, reservation: Reservation, declared: Usage): Usage {
  const { left } = ledger;
  const lease = { ...reservation.usage, calls: reservation.usage.calls - oneCall.calls };
  for (const unit of usageUnits) {
    const part = Math.floor(Math.max(0, left[unit]) / partOfLeft);
    lease[unit] += Math.min(part, Math.max(0, declared[unit] - lease[unit]));
  }
  reservation.usage = addUsage(oneCall, lease);
  return lease;
}

/** Lays down what of its lease a child does not need while it waits with what cannot be undone. */
export function surrender({ ledger }: Execution): Usage | null {
  if (ledger.lease === undefined) return null;
  const { committed } = ledger;
  ledger.letHave(committed);
  return committed;
}
