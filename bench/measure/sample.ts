import type { ServerWay } from '../servers/temporal-server';
import type { HistorySize } from './history-size';
import type { Recovery } from './measure-recovery';
import type { Rework } from './rework';

/** What one measurement of one system gave: one work, all its runs, from start to last result. */
export interface Sample {
  readonly system: string;
  readonly server: ServerWay;
  readonly work: string;
  readonly delayMs: number;
  readonly runs: number;
  /** Of all runs together. */
  readonly steps: number;
  readonly wallMs: number;
  /** CPU seconds; absent where the system does not tell. */
  readonly workerCpuSeconds?: number;
  readonly serverCpuSeconds?: number;
  readonly workerBytesBefore?: number;
  readonly workerBytesPeak?: number;
  /** Of one run. */
  readonly history: HistorySize;
}

/** Why there is no sample: the run failed, or the system does not do this. */
export interface Gap {
  readonly system: string;
  readonly server: ServerWay;
  readonly work: string;
  readonly delayMs: number;
  readonly why: string;
}

/** A worker's start. */
export interface StartSample {
  readonly system: string;
  readonly server: ServerWay;
  readonly readyMs: number;
  /** Memory when it was ready and had done nothing yet. */
  readonly restBytes?: number;
}

/** A worker's memory while a hundred runs wait for the model. */
export interface LiveSample {
  readonly system: string;
  readonly bytes: number;
}

export interface RecoverySample extends Recovery {
  readonly system: string;
}

export interface ReworkSample extends Rework {
  readonly system: string;
}

/** A replay of a recorded chain. */
export interface ReplaySample {
  readonly system: string;
  readonly eventsPerSecond: number;
}

/** Everything that was measured. */
export interface Measurements {
  readonly samples: readonly Sample[];
  readonly gaps: readonly Gap[];
  readonly starts: readonly StartSample[];
  readonly replays: readonly ReplaySample[];
  readonly lives: readonly LiveSample[];
  readonly recoveries: readonly RecoverySample[];
  readonly reworks: readonly ReworkSample[];
  readonly bundles: readonly { readonly system: string; readonly bytes: number }[];
}
