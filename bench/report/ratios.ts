import type { Row } from './summary';

/** The project's own system. */
export const projectName = 'counterpoint';

/** What the project takes of each by what another system takes, in the same work of the same run. */
export interface Ratios {
  readonly server: string;
  readonly work: string;
  readonly delayMs: number;
  /** The other system. */
  readonly to: string;
  readonly wall: number;
  readonly runsPerSecond: number;
  readonly workerCpu?: number;
  readonly serverCpu?: number;
  readonly workerPeak?: number;
  readonly historyBytes: number;
}

/** The project beside every other system that did the same. */
export function ratiosOf(rows: readonly Row[]): readonly Ratios[] {
  return rows
    .filter(({ system }) => system === projectName)
    .flatMap((own) => rows.filter((other) => isSameWork(own, other)).map((other) => ratioTo(own, other)));
}

function isSameWork(own: Row, other: Row): boolean {
  if (other.system === own.system) return false;
  return other.server === own.server && other.work === own.work && other.delayMs === own.delayMs;
}

function ratioTo(own: Row, other: Row): Ratios {
  const { server, work, delayMs } = own;
  return {
    ...{ server, work, delayMs, to: other.system },
    wall: own.wallMs.median / other.wallMs.median,
    runsPerSecond: own.runsPerSecond / other.runsPerSecond,
    ...quotient('workerCpu', own.workerCpuMsPerStep, other.workerCpuMsPerStep),
    ...quotient('serverCpu', own.serverCpuMsPerStep, other.serverCpuMsPerStep),
    ...quotient('workerPeak', own.workerPeakBytes, other.workerPeakBytes),
    historyBytes: own.historyBytesPerStep / other.historyBytesPerStep,
  };
}

function quotient<Name extends string>(
  name: Name,
  own: number | undefined,
  other: number | undefined,
): Partial<Record<Name, number>> {
  if (own === undefined || other === undefined || other === 0) return {};
  return { [name]: own / other } as Record<Name, number>; // the one key
}
