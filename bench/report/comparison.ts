import { aligned, ratio } from './text';
import { ratiosOf, type Ratios } from './ratios';
import type { Summary } from './summary';

/**
 * What was measured beside what is committed, as text. Seconds of two machines say nothing to each other, so ratios of
 * the project to the others are compared, each taken within one run.
 */
export function comparisonOf(now: Summary, recorded: Summary): string {
  const before = new Map(ratiosOf(recorded.rows).map((one) => [nameOf(one), one]));
  const lines = ratiosOf(now.rows).flatMap((one) => {
    const then = before.get(nameOf(one));
    return then === undefined ? [] : [[nameOf(one), ...figures(one, then)]];
  });
  const head = `counterpoint ÷ other, committed on ${recorded.measuredAt.slice(0, 10)} → now`;
  if (now.isQuick) return `${head}: a run in small is not compared.\n`;
  if (lines.length === 0) return `${head}: nothing that was measured now is among the committed results.\n`;
  return `${head}\n${aligned([['work, other', 'wall', 'worker CPU/step', 'peak memory', 'bytes/step'], ...lines])}\n`;
}

function nameOf({ work, delayMs, server, to }: Ratios): string {
  return `${work} ${delayMs} ms ${server}, ${to}`;
}

function figures(now: Ratios, then: Ratios): readonly string[] {
  return (['wall', 'workerCpu', 'workerPeak', 'historyBytes'] as const).map(
    (name) => `${ratio(then[name], 1)} → ${ratio(now[name], 1)}`,
  );
}
