import { failure, type Failure } from '../../../contracts/failures';
import type { Chat } from '../chat';
import type { ModelBreaker } from './model-breaker';

export interface Guarding {
  /** Whether another model could answer in this one's place. */
  readonly hasAlternative: boolean;
}

/**
 * A chat that is not tried while its model's circuit is open: with an alternative it fails at once, so that the next
 * model is asked (`ModelUnusable`, `details.opensAgainAt` in milliseconds since the epoch); without one it fails so
 * that it is tried again when the circuit lets a call through (`ModelUnavailable`, `details.retryAfterMs`).
 */
export function guardedChat(chat: Chat, breaker: ModelBreaker, { hasAlternative }: Guarding): Chat {
  return async (request) => {
    const untilMs = breaker.blockedUntilMs();
    if (untilMs !== undefined) throw circuitOpen(breaker.model, untilMs, hasAlternative);
    return breaker.call(() => chat(request));
  };
}

function circuitOpen(model: string, untilMs: number, hasAlternative: boolean): Failure {
  const what = `Expected an answer of ${model}; its circuit is open after several failures`;
  if (hasAlternative) {
    const details = { model, reason: 'circuitOpen', opensAgainAt: untilMs };
    return failure('ModelUnusable', `${what}. Ask another model.`, details);
  }
  const retryAfterMs = Math.max(untilMs - Date.now(), 1);
  const details = { model, reason: 'circuitOpen', retryAfterMs };
  return failure('ModelUnavailable', `${what}, and it is tried again in ${retryAfterMs} ms.`, details);
}
