import type { ServerWay } from './servers/temporal-server';
import type { System } from './systems/system';
import type { Work } from './work/work';

/** What is measured beside the works, once, on the first server. */
export const extras = ['live', 'recovery', 'rework', 'replay'] as const;
export type Extra = (typeof extras)[number];

/** What each extra is, for people. */
export const extraTitles: Readonly<Record<Extra, string>> = {
  live: 'memory of the worker with 100 runs that wait for the model',
  recovery: 'how long a run stands still when its worker is killed',
  rework: 'a late rejection answered by rework, and by starting again',
  replay: 'events a second when the history of a chain of 200 steps is replayed',
};

/** What is measured, and how often. */
export interface Plan {
  readonly works: readonly Work[];
  readonly extras: readonly Extra[];
  /** In the order of the table; none that is missing. */
  readonly systems: readonly System[];
  readonly ways: readonly ServerWay[];
  /** Measurements that count, of each work with each system; one more goes before them. */
  readonly rounds: number;
  /** Starts of each worker on each server. */
  readonly startsCount: number;
  readonly temporalBinary: string;
  /** For everything that the benchmark writes while it runs; empty at first. */
  readonly folder: string;
  /** Progress, a line at a time. */
  readonly say: (line: string) => void;
}
