import { failure } from '../../src/contracts/failures';
import { newWorld, type World } from './engine-world';

/** A world of bookings, which remembers what was done to it. */
export interface SagaWorld extends World {
  /** What the world saw, in its order: `write x`, `book x`, `undo x`, `announce x`. */
  readonly log: string[];
  /** What stands, by key. */
  readonly standing: Map<string, string>;
  /** Faults to come, by `book x`, `undo x`, `look up x` or `announce x`: the first is thrown and used up. */
  readonly faults: Map<string, Fault[]>;
}

/** Whether the call fails before it does anything, or after. */
export interface Fault {
  readonly when: 'before' | 'after';
  readonly error: Error;
}

export const broken = (): Error => new Error('The line was cut.');
export const refused = (): Error => failure('OperationRefused', 'Not today.');

/** A world in which each topic is written about anew after feedback: `<a>`, then `<a>!1`, `<a>!2`. */
export function sagaWorld(): SagaWorld {
  const log: string[] = [];
  const standing = new Map<string, string>();
  const faults = new Map<string, Fault[]>();
  const dead = new Set<string>();
  const world = newWorld();

  function fail(what: string, when: Fault['when']): void {
    const [next, ...rest] = faults.get(what) ?? [];
    if (next?.when !== when) return;
    faults.set(what, rest);
    throw next.error;
  }

  function perform(verb: string) {
    return async ({ item }: { item: string }, { idempotencyKey }: { idempotencyKey: string }) => {
      await Promise.resolve();
      fail(`${verb} ${item}`, 'before');
      if (dead.has(idempotencyKey)) throw failure('OperationRefused', 'The key is dead.');
      if (!standing.has(idempotencyKey)) {
        log.push(`${verb} ${item}`);
        standing.set(idempotencyKey, item);
      }
      fail(`${verb} ${item}`, 'after');
      return { booking: item };
    };
  }

  async function lookup({ idempotencyKey }: { idempotencyKey: string }) {
    await Promise.resolve();
    const item = standing.get(idempotencyKey);
    if (item !== undefined) fail(`look up ${item}`, 'before');
    return item === undefined ? undefined : { booking: item };
  }

  world.agents['writer'] = ({ topic }: { topic: string }, { feedback }) => {
    log.push(`write ${topic}`);
    return Promise.resolve({ text: `<${topic}>${feedback.length === 0 ? '' : `!${feedback.length}`}` });
  };
  Object.assign(world.tools, {
    book: {
      ...world.tools['book'],
      execute: perform('book'),
      lookup,
      async compensate({ item }: { item: string }, { idempotencyKey }: { idempotencyKey: string }) {
        await Promise.resolve();
        fail(`undo ${item}`, 'before');
        dead.add(idempotencyKey);
        if (standing.delete(idempotencyKey)) log.push(`undo ${item}`);
        fail(`undo ${item}`, 'after');
      },
    },
    announce: { ...world.tools['announce'], execute: perform('announce'), lookup },
    shout: { ...world.tools['shout'], execute: perform('shout') },
  });
  return Object.assign(world, { log, standing, faults });
}
