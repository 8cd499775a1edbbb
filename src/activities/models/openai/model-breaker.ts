import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import type { FailureType } from '../../../contracts/failures';

/** Keeps a model that is dead from being tried for every step. One for each model of a worker. */
export interface ModelBreaker {
  readonly model: string;
  /** When the model may be tried again, in milliseconds since the epoch; nothing while it may be. */
  blockedUntilMs(): number | undefined;
  /** Makes the call and counts what comes of it. Only while it may be made. */
  call<Answer>(work: () => Promise<Answer>): Promise<Answer>;
}

export interface ModelBreakerOptions {
  readonly model: string;
  /** So many failures one after the other open the circuit. Default: 5. */
  readonly failuresMax?: number;
  /** How long it stays open before one call may try. Default: 30,000. */
  readonly halfOpenAfterMs?: number;
  /** While one call tries whether the model is back, the others come again so much later. Default: 15,000. */
  readonly whileTriedMs?: number;
}

const counted: ReadonlySet<string> = new Set<FailureType>(['ModelUnavailable', 'ModelUnusable']);
/** A server that says these is there, and knows the model. */
const signsOfLife: ReadonlySet<string> = new Set<FailureType>([
  ...(['ModelBusy', 'ModelRefused', 'ContextTooLong', 'ModelRequestRejected'] as const),
]);

/** Opens after a few failures that speak of the model (`ModelUnavailable`, `ModelUnusable`), and tries again later. */
export function modelBreaker({
  model,
  failuresMax = 5,
  halfOpenAfterMs = 30_000,
  whileTriedMs = 15_000,
}: ModelBreakerOptions): ModelBreaker {
  let openedAtMs = 0;
  const policy = circuitBreaker(
    // A trial that was cancelled, or ended by a mistake of ours, has shown nothing.
    handleWhen(({ name }) => counted.has(name) || (policy.state === CircuitState.HalfOpen && !signsOfLife.has(name))),
    { halfOpenAfter: halfOpenAfterMs, breaker: new ConsecutiveBreaker(failuresMax) },
  );
  policy.onBreak(() => {
    openedAtMs = Date.now();
  });
  return {
    model,
    blockedUntilMs() {
      if (policy.state === CircuitState.HalfOpen) return Date.now() + whileTriedMs;
      const untilMs = openedAtMs + halfOpenAfterMs;
      return policy.state === CircuitState.Open && Date.now() < untilMs ? untilMs : undefined;
    },
    call: (work) => policy.execute(work),
  };
}
