import type { CaseReading } from '../../contracts/case-reading';
import { Failure } from '../../contracts/failures';
import type { ProjectRun } from '../define-process';

/** Who wrote, or why nobody can tell. */
export type Identity = { readonly userId: string } | { readonly why: string };

/**
 * Finds the customer by the address that a message came from, or else by the name and postal code in it. An address
 * in the text is not one that it came from, so it counts for nothing; particulars of two customers are nobody's.
 */
export async function identify(run: ProjectRun, from: string, { name }: CaseReading): Promise<Identity> {
  const sender = await found(run.tool('findUserIdByEmail', { email: from }, { about: from }));
  const named = name === null ? undefined : await found(run.tool('findUserIdByNameZip', name));
  if (sender !== undefined && named !== undefined && sender !== named) {
    return { why: 'The message came from one customer’s address, and gives the name and postal code of another.' };
  }
  const userId = sender ?? named;
  if (userId !== undefined) return { userId };
  return { why: `No customer has the address ${from}, nor the name and postal code in the message.` };
}

async function found(call: Promise<string>): Promise<string | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Failure && error.type === 'OperationRefused') return undefined;
    throw error;
  }
}
