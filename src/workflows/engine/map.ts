/** Items that are worked on at once unless the process says otherwise. */
const concurrencyDefault = 10;

export interface MapOptions {
  readonly concurrencyMax?: number | undefined;
  /**
   * Whether the items that were begun in an earlier pass may still have to be begun again: in it the failure came later
   * than in a pass that is answered at once. Default: no.
   */
  readonly isCatchingUp?: () => boolean;
  /** Called at each failure, before anything else is begun. */
  readonly onFailure?: () => void;
}

/**
 * Works on items with bounded concurrency and gives the results in the items' order. After a failure no new item is
 * begun; the failure of the first item in order is thrown once all begun ones have ended.
 */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
  { concurrencyMax = concurrencyDefault, isCatchingUp = () => false, onFailure }: MapOptions = {},
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const failures = new Map<number, unknown>();
  let next = 0;
  async function worker(): Promise<void> {
    while (next < items.length && (failures.size === 0 || isCatchingUp())) {
      const index = next++;
      try {
        results.set(index, await work(items[index] as Item, index)); // index is below the length
      } catch (error) {
        failures.set(index, error);
        onFailure?.();
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(Math.max(1, concurrencyMax), items.length) }, worker));
  const first = Math.min(...failures.keys());
  if (failures.size > 0) throw failures.get(first);
  return items.map((_item, index) => results.get(index) as Result); // every item has ended well
}
