import { ServiceError } from '@temporalio/client';
import { grpcStatusOf } from './grpc-status';

const sendsMax = 5;
/** gRPC's number for what the server cannot do in the state in which it finds a run. */
const failedPrecondition = 9;

/**
 * Sends an update to a run until the run hears it, at most five times. A workflow task that would have ended the run is
 * failed by the server when something else has come for it meanwhile, a cancellation say, and the updates that it
 * answered are given up with it: nothing of them has happened, and nobody sends them again.
 *
 * @throws whatever sending throws otherwise
 */
export async function untilHeard<Receipt>(send: () => Promise<Receipt>): Promise<Receipt> {
  for (let sends = 1; ; sends++) {
    try {
      return await send();
    } catch (error) {
      if (sends === sendsMax || !isUnheard(error)) throw error;
    }
  }
}

function isUnheard(error: unknown): boolean {
  return error instanceof ServiceError && grpcStatusOf(error.cause) === failedPrecondition;
}
