import { setTimeout as wait } from 'node:timers/promises';

const lookEveryMs = 10;

/**
 * Reads until what is read is as expected, and gives it.
 *
 * @throws when it is not within that time
 */
export async function until<Value>(
  read: () => Promise<Value>,
  isIt: (value: Value) => boolean,
  withinMs: number,
): Promise<Value> {
  for (const deadline = Date.now() + withinMs; ;) {
    const value = await read();
    if (isIt(value)) return value;
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain; came last: ${JSON.stringify(value)}.`);
    await wait(lookEveryMs);
  }
}
