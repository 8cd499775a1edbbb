import { CancellationScope } from '@temporalio/workflow';
import { failure } from '../../contracts/failures';
import type { Execution } from './execution';
import { mapBounded } from './map';

/**
 * An item of a map in a pass over a handed-over journal. When an item fails, no later one is begun; which ones had been
 * begun by then was a matter of time, and the journal remembers it: those that asked something.
 */
interface RepeatedItem {
  /** Rejects when another item of the map has failed. */
  readonly siblingFailed: Promise<never>;
  hasClaimed: boolean;
  isAbandoned: boolean;
}

const repeatedItems = new WeakMap<CancellationScope, RepeatedItem>();

export interface MapAsk<Item, Result> {
  readonly items: readonly Item[];
  readonly work: (item: Item, index: number) => Promise<Result>;
  readonly concurrencyMax: number | undefined;
}

/** Maps items of a process. A pass over a handed-over journal begins the items again that had been begun, and no other. */
export function askMap<Item, Result>(execution: Execution, { items, work, concurrencyMax }: MapAsk<Item, Result>) {
  let fail: () => void = () => undefined;
  const siblingFailed = new Promise<never>((_resolve, reject) => {
    fail = () => {
      reject(failure('Cancelled', 'This item of a map was not begun, since another one had failed.'));
    };
  });
  siblingFailed.catch(() => undefined);
  const workAgain = (item: Item, index: number) => {
    if (!execution.isCatchingUp) return work(item, index);
    const scope = new CancellationScope({ cancellable: true });
    repeatedItems.set(scope, { siblingFailed, hasClaimed: false, isAbandoned: false });
    return scope.run(() => work(item, index));
  };
  return mapBounded(items, workAgain, {
    concurrencyMax,
    isCatchingUp: () => execution.isCatchingUp,
    onFailure: fail,
  });
}

/** Notes that whoever asks now had asked before. */
export function noteClaim(): void {
  const item = repeatedItems.get(CancellationScope.current());
  if (item !== undefined) item.hasClaimed = true;
}

/**
 * Resolves when the journal is claimed.
 *
 * @throws `Cancelled` for an item that was never begun, as soon as another item of its map has failed
 */
export async function untilCaughtUp(execution: Execution): Promise<void> {
  const item = repeatedItems.get(CancellationScope.current());
  if (item === undefined || item.hasClaimed) return execution.caughtUp;
  if (!execution.isCatchingUp && !item.isAbandoned) return;
  try {
    await Promise.race([item.siblingFailed, execution.caughtUp]);
  } catch (error) {
    item.isAbandoned = true;
    throw error;
  }
}
