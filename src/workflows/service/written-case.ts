import { approvalLimitCents, type CaseDecision, type CaseRecords } from '../../contracts/case-decision';
import type { CaseReading } from '../../contracts/case-reading';
import type { CaseResult } from '../../contracts/customer-case';
import { days } from '../../contracts/duration';
import { Failure, failure } from '../../contracts/failures';
import type { ProjectRun } from '../define-process';
import { answerCustomer } from './answer-customer';
import { performAll } from './decided-case';
import { handOff, tellPerson } from './hand-off';
import { identify } from './identify';
import { readRecords } from './read-records';
import { settleRefunds } from './settle-refunds';

/** What is known of a written case once it is decided. */
interface Decided {
  readonly reading: CaseReading;
  readonly records: CaseRecords;
  readonly decision: CaseDecision;
}

/**
 * Works on what a customer wrote: reads it, identifies the customer, decides on the records, has approved what must
 * be, acts, verifies, settles and answers. People are asked before the first write, so nothing that others may build
 * on waits for a person.
 *
 * @throws `OperationRefused`, `EndStateDiffers`, `Rejected`, `ApprovalExpired`: then all of it is undone
 */
export async function workOnWritten(
  run: ProjectRun,
  { message, from }: { readonly message: string; readonly from: string },
): Promise<CaseResult> {
  const reading = await run.agent('caseReader', { message }, { about: from });
  const identity = await identify(run, from, reading);
  if ('why' in identity) return handOff(run, { reading, from, why: identity.why });
  const records = await readRecords(run, identity.userId, reading);
  const decision = await run.agent(
    'actionDecider',
    { reading, records },
    { about: identity.userId, gates: ['ownRecordsOnly', 'policyHolds', 'moneyAddsUp'] },
  );
  const decided = { reading, records, decision };
  if (decision.handOff !== null) return handOff(run, { ...decided, from, why: decision.handOff });
  if (decision.actions.length > 0) return act(run, decided, from);
  const { denials, questions, facts } = decision;
  const mail = await answerCustomer(run, records.customer, decision);
  return { resolution: 'answered', userId: identity.userId, denials, questions, facts, mail };
}

async function act(run: ProjectRun, decided: Decided, from: string): Promise<CaseResult> {
  const { records, decision } = decided;
  const { denials, questions, facts, refunds } = decision;
  const approvals = await approve(run, decided);
  const { operations, authorised } = await done(run, decided, from);
  await settleRefunds(run, authorised);
  const mail = await answerCustomer(run, records.customer, decision);
  const { user_id: userId } = records.customer;
  return { resolution: 'settled', userId, operations, refunds, approvals, denials, questions, facts, mail };
}

/** The customer's confirmation, unless the message gives it, and a second pair of eyes on a large sum. */
async function approve(run: ProjectRun, { reading, records, decision }: Decided) {
  const { actions, refunds, movedCents } = decision;
  const { user_id: customer } = records.customer;
  const of = { customer, actions, refunds, movedCents };
  const approvals: { role: string; actor: string }[] = [];
  if (!reading.confirmed) {
    const asked = { of, about: `${customer} has not confirmed`, role: 'service-desk', escalateTo: 'service-lead' };
    const { role, actor } = await run.approval('customerConfirmation', { ...asked, withinMs: days(2) });
    approvals.push({ role, actor });
  }
  if (movedCents > approvalLimitCents) {
    const role = refunds.length > 0 ? 'payments-officer' : 'service-lead';
    const about = `over ${approvalLimitCents / 100} dollars`;
    const signed = await run.approval('amountApproval', { of, about, role, escalateTo: 'head-of-service' });
    approvals.push({ role: signed.role, actor: signed.actor });
  }
  return approvals;
}

/** Performs the actions, has the refunds set aside, and holds the records against what was decided. */
async function done(run: ProjectRun, { reading, records, decision }: Decided, from: string) {
  try {
    const operations = await performAll(run, decision.actions);
    const authorised = [];
    for (const refund of decision.refunds) {
      authorised.push(await run.tool('authoriseRefund', refund, { about: refund.orderId }));
    }
    const after = await readRecords(run, records.customer.user_id, reading);
    const { differences } = await run.agent('outcomeVerifier', { actions: decision.actions, before: records, after });
    if (differences.length > 0) throw differs(differences);
    return { operations, authorised };
  } catch (error) {
    const isOurs = error instanceof Failure && ['OperationRefused', 'EndStateDiffers'].includes(error.type);
    // The hand-off outlives the undoing of what it tells of.
    if (isOurs) await tellPerson(run, { reading, from, records, decision, why: `All is undone: ${error.message}` });
    throw error;
  }
}

function differs(differences: readonly string[]): Failure {
  return failure(
    'EndStateDiffers',
    `The records are not what was decided: ${differences.join('; ')}. Look at what else was done to them, and start anew.`,
    { differences },
  );
}
