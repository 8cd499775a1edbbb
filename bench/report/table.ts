import type { Row, Summary, SystemRow } from './summary';

/** The system that the others are held against. */
export const floorName = 'floor';

const bytesPerMb = 1_048_576;
const none = '–';

/** The figures as text for a terminal, each with its ratio to the floor where there is one. */
export function tableOf(summary: Summary): string {
  const { machine, rounds, isQuick } = summary;
  const head =
    `${machine.cores} cores of ${machine.processor}, ${machine.memoryGb} GB, Node ${machine.node}; ` +
    `median of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}; × is the ratio to the ${floorName}` +
    (isQuick ? '; IN SMALL: these figures mean little' : '');
  const works = [...new Set(summary.rows.map(titleOf))].map((title) => {
    const rows = summary.rows.filter((row) => titleOf(row) === title);
    return `${title}\n${aligned([workHead, ...rows.map((row) => workLine(row, floorOf(rows)))])}`;
  });
  const floor = summary.systems.find(({ system }) => system === floorName);
  const systems = aligned([systemHead, ...summary.systems.map((row) => systemLine(row, floor))]);
  const gaps = [...new Set(summary.gaps.map(({ system, work, why }) => `${system}, ${work}: ${why}`))];
  const notes = [...gaps, ...summary.systems.map(({ system, about, missing }) => `${system}: ${missing ?? about}`)];
  return [head, ...works, systems, notes.join('\n')].join('\n\n') + '\n';
}

function titleOf({ work, delayMs, server }: Row): string {
  return `${work}, model answers after ${delayMs} ms, server ${server === 'lifted' ? 'with the queue limit lifted' : 'as it comes'}`;
}

const workHead = [
  'system',
  'wall',
  '×',
  'range',
  'runs/s',
  'worker CPU/step',
  '×',
  'server CPU/step',
  '×',
  'peak memory',
  '×',
  'events/step',
  'bytes/step',
  '×',
  'longest history',
];

function workLine(row: Row, floor: Row | undefined): readonly string[] {
  const { wallMs } = row;
  return [
    row.system,
    ms(wallMs.median),
    ratio(wallMs.median, floor?.wallMs.median),
    `${ms(wallMs.min)}–${ms(wallMs.max)}`,
    row.runsPerSecond.toFixed(2),
    ms(row.workerCpuMsPerStep),
    ratio(row.workerCpuMsPerStep, floor?.workerCpuMsPerStep),
    ms(row.serverCpuMsPerStep),
    ratio(row.serverCpuMsPerStep, floor?.serverCpuMsPerStep),
    mb(row.workerPeakBytes),
    ratio(row.workerPeakBytes, floor?.workerPeakBytes),
    row.historyEventsPerStep.toFixed(1),
    row.historyBytesPerStep.toFixed(0),
    ratio(row.historyBytesPerStep, floor?.historyBytesPerStep),
    String(row.historyLongestEvents),
  ];
}

const systemHead = ['system', 'bundle', '×', 'worker ready', '×', 'memory at rest', '×', 'replay events/s', '×'];

function systemLine(row: SystemRow, floor: SystemRow | undefined): readonly string[] {
  const replay = row.replayEventsPerSecond?.median;
  return [
    row.system,
    mb(row.bundleBytes),
    ratio(row.bundleBytes, floor?.bundleBytes),
    ms(row.readyMs?.median),
    ratio(row.readyMs?.median, floor?.readyMs?.median),
    mb(row.restBytes),
    ratio(row.restBytes, floor?.restBytes),
    replay?.toFixed(0) ?? none,
    ratio(replay, floor?.replayEventsPerSecond?.median),
  ];
}

function floorOf(rows: readonly Row[]): Row | undefined {
  return rows.find(({ system }) => system === floorName);
}

/** A figure by the floor's, to a hundredth. */
export function ratio(value: number | undefined, floor: number | undefined): string {
  return value === undefined || floor === undefined || floor === 0 ? none : (value / floor).toFixed(2);
}

function ms(value: number | undefined): string {
  return value === undefined ? none : `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

function mb(bytes: number | undefined): string {
  return bytes === undefined ? none : `${(bytes / bytesPerMb).toFixed(1)} MB`;
}

/** Lines of cells in columns: the first to the left, figures to the right. */
function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return lines.map((line) => `  ${line.map(cell).join('  ')}`).join('\n');
}
