import type { Chat } from './chat';

/**
 * A chat whose server is sent at most so many requests at once; the others wait for their turn, first come first
 * served. One that is cancelled while it waits is never sent.
 *
 * @throws the reason of the cancellation, and whatever the chat throws
 */
export function inTurn(chat: Chat, requestsMax: number): Chat {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  const turn = async (signal: AbortSignal): Promise<void> => {
    if (underWay >= requestsMax) {
      await new Promise<void>((resolve, reject) => {
        const begin = (): void => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const leave = (): void => {
          waiting.splice(waiting.indexOf(begin), 1);
          reject(signal.reason instanceof Error ? signal.reason : new Error('The request was cancelled.'));
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.push(begin);
      });
    } else underWay += 1;
  };
  return async (request) => {
    request.signal.throwIfAborted();
    await turn(request.signal);
    try {
      return await chat(request);
    } finally {
      // Whoever is next takes over the place.
      const next = waiting.shift();
      if (next === undefined) underWay -= 1;
      else next();
    }
  };
}
