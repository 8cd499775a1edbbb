import { condition, isCancellation } from '@temporalio/workflow';
import type { Notice } from '../../contracts/activities';
import type { DecisionKind } from '../../contracts/decision';
import { failure, type Failure } from '../../contracts/failures';
import type { ApprovalRecord, JournalEntry } from '../../contracts/journal';
import { ask, type Asker } from './ask';
import { whileBusy } from './call';
import { registerEditSchema, type EditSchema } from './decisions';
import type { Execution } from './execution';
import { fingerprint } from './fingerprint';
import { groupOf, summary, tellState } from './story';

const dayMs = 86_400_000;
const withinMsDefault = 2 * dayMs;
/** Without another wish, a person is reminded this many times before the deadline. */
const remindersDefault = 2;
/** Nobody is reminded more often than this. */
const remindEveryMsMin = 60_000;

/** A question to a person. */
export interface ApprovalAsk {
  readonly name: string;
  readonly about: string;
  /** What the person is shown and decides on. */
  readonly of: unknown;
  readonly role: string;
  readonly offers: readonly DecisionKind[];
  readonly withinMs?: number;
  readonly remindEveryMs?: number;
  readonly escalateTo?: string;
  readonly editSchema?: EditSchema;
}

export type Decided = NonNullable<ApprovalRecord['decided']>;

/**
 * Waits durably for a person's word. The deadline escalates to another role once, with the same time again, and
 * then expires.
 *
 * @throws `Rejected`, `ApprovalExpired`, or `ApprovalWithdrawn` when the run stops while it waits
 */
export async function askApproval(asker: Asker, approval: ApprovalAsk): Promise<Decided> {
  const { name, about } = approval;
  const input = { of: approval.of, role: approval.role };
  const answer = await ask(asker, { kind: 'approval', version: '1', name, about, input }, (entry) =>
    waitForDecision(asker.execution, entry, approval),
  );
  return answer as Decided; // what waitForDecision returned, from the journal
}

async function waitForDecision(execution: Execution, entry: JournalEntry, approval: ApprovalAsk): Promise<Decided> {
  const withinMs = approval.withinMs ?? withinMsDefault;
  registerEditSchema(execution, entry.step, approval.editSchema);
  if (entry.approval === undefined) {
    entry.approval = {
      subject: approval.of,
      shown: fingerprint(approval.of),
      offers: approval.offers,
      role: approval.role,
      dueAt: entry.askedAt + withinMs,
      reminders: 0,
      escalated: false,
    };
    tellState(execution);
    tell(execution, entry, 'asked');
  }
  for (;;) {
    const event = await whileBusy({ execution, entry }, () => nextEvent(entry, approval));
    // A decision that was taken counts, also when its receipt and the deadline came in the same moment.
    if (recordOf(entry).decided !== undefined) return decisionOf(entry);
    if (event === 'answered') tell(execution, entry, 'reassigned');
    else remindOrEscalate(execution, entry, approval);
    tellState(execution);
  }
}

/** Waits until the step is decided or reassigned, or its next reminder or its deadline is due. */
async function nextEvent(entry: JournalEntry, approval: ApprovalAsk): Promise<'answered' | 'due'> {
  const { role, dueAt, reminders } = recordOf(entry);
  const withinMs = approval.withinMs ?? withinMsDefault;
  const remindEveryMs = Math.max(
    remindEveryMsMin,
    approval.remindEveryMs ?? Math.ceil(withinMs / (remindersDefault + 1)),
  );
  const remindAt = dueAt - withinMs + remindEveryMs * (reminders + 1);
  const isOver = () => recordOf(entry).decided !== undefined || recordOf(entry).role !== role;
  const timer = {
    summary: summary(`${remindAt < dueAt ? 'reminder' : 'deadline'} of ${entry.step}`, role),
    eventGroups: groupOf(entry.step, entry.about),
  };
  try {
    const inTime = await condition(isOver, Math.max(1, Math.min(remindAt, dueAt) - Date.now()), timer);
    return inTime ? 'answered' : 'due';
  } catch (error) {
    throw isCancellation(error) ? withdrawn(entry.step) : error;
  }
}

function remindOrEscalate(execution: Execution, entry: JournalEntry, approval: ApprovalAsk): void {
  const record = recordOf(entry);
  const { escalateTo, withinMs = withinMsDefault } = approval;
  if (Date.now() < record.dueAt) {
    entry.approval = { ...record, reminders: record.reminders + 1 };
    tell(execution, entry, 'reminder');
  } else if (escalateTo !== undefined && !record.escalated) {
    entry.approval = { ...record, role: escalateTo, escalated: true, reminders: 0, dueAt: record.dueAt + withinMs };
    tell(execution, entry, 'escalated');
  } else {
    throw failure('ApprovalExpired', `${record.role} did not decide ${entry.step} in time.`, { step: entry.step });
  }
}

function recordOf(entry: JournalEntry): ApprovalRecord {
  if (entry.approval === undefined) throw new Error(`Expected ${entry.step} to be an approval.`);
  return entry.approval;
}

function decisionOf(entry: JournalEntry): Decided {
  const { decided } = recordOf(entry);
  if (decided === undefined) throw new Error(`Expected ${entry.step} to be decided.`);
  if (decided.decision !== 'reject') return decided;
  throw failure('Rejected', `${decided.actor} rejected ${entry.step}: ${decided.comment ?? 'no comment'}`, {
    step: entry.step,
    actor: decided.actor,
    blame: decided.blame,
  });
}

function withdrawn(step: string): Failure {
  return failure('ApprovalWithdrawn', `${step} was withdrawn: the run stopped while it waited.`, { step });
}

/** Tells the role that something waits. A notice that cannot be delivered delays nothing: `inbox` shows it too. */
function tell(execution: Execution, entry: JournalEntry, reason: Notice['reason']): void {
  const { role, dueAt } = recordOf(entry);
  const { manifest, process } = execution;
  const notice = { runId: manifest.runId, process: process.name, step: entry.step, role, dueAt, reason };
  execution.callsInFlight += 1;
  void execution.activities.notify
    .executeWithOptions(
      { summary: summary(`notice to ${role}`, entry.step, reason), eventGroups: groupOf(entry.step, entry.about) },
      [notice],
    )
    .catch(() => undefined)
    .finally(() => {
      execution.callsInFlight -= 1;
    });
}
