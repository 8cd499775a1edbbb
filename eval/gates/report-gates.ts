import { alignedTable, percent } from '../format-table';
import { falsehoodKinds } from './falsehood';
import type { GateMeasurement } from './measure-gates';
import { fates, type Fate, type Verdicted } from './trial';

const fateHeadings: Readonly<Record<Fate, string>> = {
  caughtAtOnce: 'At once',
  caughtLater: 'Later',
  stopped: 'Stopped',
  letThroughShown: 'Shown',
  letThrough: 'Through',
  harmless: 'Harmless',
};

/** What was measured, as Markdown tables: all together, by agent, by kind of falsehood, by gate. */
export function gateTables(measurements: readonly GateMeasurement[]): string {
  return measurements
    .map((measurement) => {
      const { process, verdicts, honestRuns, falseAlarms, seed } = measurement;
      return [
        `### ${process}`,
        `${verdicts.length} falsehoods (seed ${seed}). ${honestRuns} honest runs with ${falseAlarms.length} false alarms.`,
        fateTable(
          'Agent',
          verdicts,
          agentsIn(verdicts).map((agent) => [agent, verdicts.filter((one) => one.agent === agent)]),
        ),
        fateTable(
          'Falsehood',
          verdicts,
          falsehoodKinds.map((kind) => [kind, verdicts.filter((one) => one.kind === kind)]),
        ),
        gateTable(verdicts),
      ].join('\n\n');
    })
    .join('\n\n');
}

/** The share that was let through, shown to a person or not, of what was not harmless. */
export function letThroughShare(verdicts: readonly Verdicted[]): number | null {
  const harmful = verdicts.filter(({ fate }) => fate !== 'harmless');
  const through = harmful.filter(({ fate }) => fate === 'letThrough' || fate === 'letThroughShown');
  return harmful.length === 0 ? null : through.length / harmful.length;
}

function agentsIn(verdicts: readonly Verdicted[]): string[] {
  return [...new Set(verdicts.map(({ agent }) => agent))];
}

function fateTable(
  title: string,
  verdicts: readonly Verdicted[],
  groups: readonly (readonly [name: string, own: readonly Verdicted[]])[],
): string {
  const row = (name: string, own: readonly Verdicted[]): string[] => [
    name,
    String(own.length),
    ...fates.map((fate) => String(own.filter((verdict) => verdict.fate === fate).length)),
    percent(letThroughShare(own)),
  ];
  return alignedTable([
    [title, 'Seeded', ...fates.map((fate) => fateHeadings[fate]), 'Let through'],
    ...groups.filter(([, own]) => own.length > 0).map(([name, own]) => row(name, own)),
    row('All', verdicts),
  ]);
}

/** For each gate the falsehoods at which it was the first to say no. */
function gateTable(verdicts: readonly Verdicted[]): string {
  const harmful = verdicts.filter(({ fate }) => fate !== 'harmless').length;
  const gates = [...new Set(verdicts.flatMap(({ gate }) => gate ?? []))].sort();
  const rows = gates.map((gate) => {
    const own = verdicts.filter((verdict) => verdict.gate === gate);
    const count = (fate: Fate): number => own.filter((verdict) => verdict.fate === fate).length;
    const rest = own.length - count('caughtAtOnce') - count('caughtLater');
    return [gate, count('caughtAtOnce'), count('caughtLater'), rest].map(String);
  });
  const share = rows.map((cells) => percent(harmful === 0 ? null : Number(cells[1]) / harmful));
  return alignedTable([
    ['Gate', 'At once', 'Later', 'Noticed, not mended', 'Share at once'],
    ...rows.map((cells, index) => [...cells, share[index] ?? '']),
  ]);
}
