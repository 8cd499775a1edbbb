import type { ServerWay } from './servers/temporal-server';
import type { System } from './systems/system';
import type { Work } from './work/work';

/** What is measured, and how often. */
export interface Plan {
  readonly works: readonly Work[];
  /** In the order of the table; none that is missing. */
  readonly systems: readonly System[];
  readonly ways: readonly ServerWay[];
  /** Measurements that count, of each work with each system; one more goes before them. */
  readonly rounds: number;
  /** Starts of each worker on each server. */
  readonly startsCount: number;
  readonly measuresReplay: boolean;
  readonly temporalBinary: string;
  /** For everything that the benchmark writes while it runs; empty at first. */
  readonly folder: string;
  /** Progress, a line at a time. */
  readonly say: (line: string) => void;
}
