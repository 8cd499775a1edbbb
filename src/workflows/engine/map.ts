import { failure } from '../../contracts/failures';

/** Items that are worked on at once unless the process says otherwise. */
const concurrencyDefault = 10;

/** Items of one map: more are worked on as several maps, or as children. */
const itemsMax = 10_000;

/**
 * Works on items with bounded concurrency and gives the results in the items' order. After a failure no new item is
 * begun; the failure of the first item in order is thrown once all begun ones have ended.
 */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
  concurrencyMax: number = concurrencyDefault,
): Promise<Result[]> {
  if (!Number.isInteger(concurrencyMax) || concurrencyMax < 1 || items.length > itemsMax) {
    throw failure(
      'InvalidInput',
      `A map takes at most ${itemsMax} items and works on 1 or more at once; it was given ${items.length} and ${concurrencyMax}.`,
    );
  }
  const results = new Map<number, Result>();
  const failures = new Map<number, unknown>();
  let next = 0;
  async function worker(): Promise<void> {
    while (next < items.length && failures.size === 0) {
      const index = next++;
      try {
        results.set(index, await work(items[index] as Item, index)); // index is below the length
      } catch (error) {
        failures.set(index, error);
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrencyMax, items.length) }, worker));
  const first = Math.min(...failures.keys());
  if (failures.size > 0) throw failures.get(first);
  return items.map((_item, index) => results.get(index) as Result); // every item has ended well
}
