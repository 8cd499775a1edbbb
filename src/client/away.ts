import { Failure, failure } from '../contracts/failures';
import { grpcStatusOf } from './grpc-status';

/** Cancelled by the server, deadline, exhausted, failed precondition (no worker), internal, unavailable. */
const awayCodes = new Set([1, 4, 8, 9, 13, 14]);

/** Says that a run is there and does not answer; whoever follows it waits for it. */
export function doesNotAnswer(runId: string): Failure {
  return failure(
    'ServerUnavailable',
    `The run ${runId} exists but does not answer: no worker is up, or its workflow task fails; look at it in the Temporal UI.`,
    { runId, isAway: true },
  );
}

/** Whether an error says that a server, a worker or a run does not answer now. */
export function isAway(error: unknown): boolean {
  if (error instanceof Failure) return error.details['isAway'] === true;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const status = grpcStatusOf(cause);
    if (status !== undefined && awayCodes.has(status)) return true;
  }
  return false;
}
