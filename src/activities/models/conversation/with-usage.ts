import { Failure, failure } from '../../../contracts/failures';
import type { Usage } from '../../../contracts/usage';

/** The same error, a failure with what was spent before it: so the budget is told of what came to nothing. */
export function withUsage(error: unknown, usage: Usage): unknown {
  if (!(error instanceof Failure)) return error;
  return failure(error.type, error.message, { ...error.details, usage: { ...usage } });
}
