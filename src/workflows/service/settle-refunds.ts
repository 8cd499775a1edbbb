import { Failure } from '../../contracts/failures';
import type { ProjectRun } from '../define-process';

interface Authorised {
  readonly refundId: string;
  readonly orderId: string;
}

/**
 * Has the refunds paid out, one after the other. While none is paid, a failure undoes the whole case; once one is, the
 * case stands, and what could not be paid is left to a person.
 */
export async function settleRefunds(run: ProjectRun, refunds: readonly Authorised[]): Promise<void> {
  for (const [index, { refundId, orderId }] of refunds.entries()) {
    try {
      await run.tool('settleRefund', { refundId }, { about: orderId });
    } catch (error) {
      if (index === 0 || !mayBeLeftOut(error)) throw error;
      run.leaveOut(`the settlement of refund ${refundId} for order ${orderId}`, error.message);
    }
  }
}

/** Failures of a call itself; whatever stops the run is not among them. */
export function mayBeLeftOut(error: unknown): error is Failure {
  const stopping = ['Cancelled', 'OutOfBudget', 'Loop', 'Rejected', 'ApprovalExpired', 'ApprovalWithdrawn'];
  return error instanceof Failure && !stopping.includes(error.type);
}
