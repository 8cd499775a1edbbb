import * as z from 'zod/mini';
import type { CaseDecision } from '../../contracts/case-decision';
import type { Customer } from '../../contracts/shop';
import type { ProjectRun } from '../define-process';
import { mayBeLeftOut } from './settle-refunds';

/**
 * Writes to the customer, at the address in the records and no other. A mail that cannot be sent undoes nothing that
 * was done for the customer: it is left out, for a person to make up for.
 *
 * @returns the subject; null when no mail went out
 */
export async function answerCustomer(
  run: ProjectRun,
  { name, email }: Pick<Customer, 'name' | 'email'>,
  decision: CaseDecision,
): Promise<string | null> {
  const reply = await run.agent('replyWriter', { name, decision }, { about: email, gates: ['replyKeepsToTheCase'] });
  if (!z.email().safeParse(email).success) {
    run.leaveOut('the mail to the customer', `“${email}” in the records is no address that mail can be sent to.`);
    return null;
  }
  try {
    await run.tool('sendMail', { to: email, ...reply }, { about: email });
    return reply.subject;
  } catch (error) {
    if (!mayBeLeftOut(error)) throw error;
    run.leaveOut('the mail to the customer', error.message);
    return null;
  }
}
