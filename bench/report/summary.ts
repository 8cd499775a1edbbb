import { cpus, totalmem } from 'node:os';
import type { Recovery } from '../measure/measure-recovery';
import type { Rework } from '../measure/rework';
import type { Gap, Measurements, Sample } from '../measure/sample';
import type { Reporting } from './report';

/** The middle of several measurements, and their range. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The figures of one work with one system on one server. */
export interface Row {
  readonly server: string;
  readonly work: string;
  readonly delayMs: number;
  readonly system: string;
  readonly rounds: number;
  /** From the first start to the last result. */
  readonly wallMs: Spread;
  readonly runsPerSecond: number;
  readonly workerCpuMsPerStep?: number;
  readonly serverCpuMsPerStep?: number;
  readonly workerPeakBytes?: number;
  readonly historyEventsPerStep: number;
  readonly historyBytesPerStep: number;
  /** Of one run, with its children and all its executions. */
  readonly historyBytes: number;
  readonly historyLongestEvents: number;
}

/** What belongs to a system, whatever it works on. */
export interface SystemRow {
  readonly system: string;
  readonly about: string;
  readonly missing?: string;
  readonly bundleBytes?: number;
  readonly readyMs?: Spread;
  readonly restBytes?: number;
  readonly replayEventsPerSecond?: Spread;
  /** With a hundred live runs. */
  readonly liveBytes?: number;
  readonly recovery?: Recovery;
  readonly rework?: Rework;
}

export interface Summary {
  readonly measuredAt: string;
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly node: string;
  };
  readonly rounds: number;
  /** In small: figures that mean little. */
  readonly isQuick: boolean;
  readonly rows: readonly Row[];
  readonly systems: readonly SystemRow[];
  readonly gaps: readonly Gap[];
}

const bytesPerGb = 1_073_741_824;

/** Condenses measurements to medians and ranges. */
export function summarise(measurements: Measurements, reporting: Reporting): Summary {
  const processors = cpus();
  return {
    measuredAt: new Date().toISOString(),
    machine: {
      processor: processors[0]?.model.trim() ?? 'unknown',
      cores: processors.length,
      memoryGb: Math.round(totalmem() / bytesPerGb),
      node: process.version,
    },
    rounds: reporting.rounds,
    isQuick: reporting.isQuick,
    rows: groups(inOrder(measurements.samples, reporting)).map(rowOf),
    systems: systemRows(measurements, reporting),
    gaps: measurements.gaps,
  };
}

/** @throws when there is nothing to take the middle of */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) throw new Error('Expected at least one measurement.');
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? min) + (sorted[Math.ceil(middle)] ?? max)) / 2;
  return { median, min, max };
}

/** As the systems are listed, whichever came first in a round. */
function inOrder(samples: readonly Sample[], { systems }: Reporting): readonly Sample[] {
  return systems.flatMap(({ name }) => samples.filter(({ system }) => system === name));
}

function groups(samples: readonly Sample[]): readonly (readonly [Sample, ...Sample[]])[] {
  const all = new Map<string, [Sample, ...Sample[]]>();
  for (const sample of samples) {
    const key = [sample.server, sample.work, sample.delayMs, sample.system].join(' ');
    const group = all.get(key);
    if (group === undefined) all.set(key, [sample]);
    else group.push(sample);
  }
  return [...all.values()];
}

function rowOf(samples: readonly [Sample, ...Sample[]]): Row {
  const [{ server, work, delayMs, system, runs, steps, history }] = samples;
  const wallMs = spreadOf(samples.map((sample) => sample.wallMs));
  const stepsOfRun = steps / runs;
  return {
    ...{ server, work, delayMs, system, wallMs, rounds: samples.length },
    runsPerSecond: (runs * 1_000) / wallMs.median,
    ...median('workerCpuMsPerStep', samples, ({ workerCpuSeconds }) => perStep(workerCpuSeconds, steps)),
    ...median('serverCpuMsPerStep', samples, ({ serverCpuSeconds }) => perStep(serverCpuSeconds, steps)),
    ...median('workerPeakBytes', samples, ({ workerBytesPeak }) => workerBytesPeak),
    historyEventsPerStep: history.events / stepsOfRun,
    historyBytesPerStep: history.bytes / stepsOfRun,
    historyBytes: history.bytes,
    historyLongestEvents: history.longestEvents,
  };
}

function perStep(seconds: number | undefined, steps: number): number | undefined {
  return seconds === undefined ? undefined : (seconds * 1_000) / steps;
}

function median<Name extends string, One>(
  name: Name,
  all: readonly One[],
  valueOf: (one: One) => number | undefined,
): Partial<Record<Name, number>> {
  const values = all.map(valueOf).filter((value) => value !== undefined);
  return values.length === 0 ? {} : ({ [name]: spreadOf(values).median } as Record<Name, number>); // the one key
}

function systemRows(
  { bundles, starts, replays, lives, recoveries, reworks }: Measurements,
  { systems, missing }: Reporting,
): readonly SystemRow[] {
  return [...systems, ...missing].map(({ name: system, about, missing: why }) => {
    const isIts = (one: { readonly system: string }) => one.system === system;
    const bundle = bundles.find(isIts);
    const live = lives.find(isIts);
    const recovery = recoveries.find(isIts);
    const rework = reworks.find(isIts);
    const itsStarts = starts.filter(isIts);
    const itsReplays = replays.filter(isIts);
    return {
      system,
      about,
      ...(why === undefined ? {} : { missing: why }),
      ...(bundle === undefined ? {} : { bundleBytes: bundle.bytes }),
      ...(itsStarts.length === 0 ? {} : { readyMs: spreadOf(itsStarts.map(({ readyMs }) => readyMs)) }),
      ...median('restBytes', itsStarts, ({ restBytes }) => restBytes),
      ...(live === undefined ? {} : { liveBytes: live.bytes }),
      ...(recovery === undefined ? {} : { recovery }),
      ...(rework === undefined ? {} : { rework }),
      ...(itsReplays.length === 0
        ? {}
        : { replayEventsPerSecond: spreadOf(itsReplays.map(({ eventsPerSecond }) => eventsPerSecond)) }),
    };
  });
}
