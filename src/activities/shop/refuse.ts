import type { Failure, FailureDetails } from '../../contracts/failures';
import { failure } from '../../contracts/failures';
import type { Refusal } from '../../contracts/shop-operations';

/** That an operation is refused. Thrown before anything was changed, or inside the transaction that it ends. */
export function refused(reason: Refusal, message: string, details: FailureDetails = {}): Failure {
  return failure('OperationRefused', message, { reason, ...details });
}
