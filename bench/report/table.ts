import type { Cost } from '../measure/rework';
import { projectName, ratiosOf, type Ratios } from './ratios';
import type { Row, Summary, SystemRow } from './summary';
import { aligned, kb, mb, ms, none, ratio } from './text';

/** The system that the others are held against. */
export const floorName = 'floor';

/** The figures as text for a terminal, each with its ratio to the floor where there is one. */
export function tableOf(summary: Summary): string {
  const { machine, rounds, isQuick } = summary;
  const head =
    `${machine.cores} cores of ${machine.processor}, ${machine.memoryGb} GB, Node ${machine.node}; median of up to ` +
    `${rounds} ${rounds === 1 ? 'round' : 'rounds'}; × is the ratio to the ${floorName}` +
    (isQuick ? '; IN SMALL: these figures mean little' : '');
  const works = [...new Set(summary.rows.map(titleOf))].map((title) => {
    const rows = summary.rows.filter((row) => titleOf(row) === title);
    return `${title}\n${aligned([workHead, ...rows.map((row) => workLine(row, floorOf(rows)))])}`;
  });
  return (
    [head, ...works, ratioText(summary.rows), systemText(summary), reworkText(summary), noteText(summary)]
      .filter((part) => part !== '')
      .join('\n\n') + '\n'
  );
}

function titleOf({ work, delayMs, server }: Row): string {
  return `${work}, model answers after ${delayMs} ms, server ${server === 'lifted' ? 'with the queue limit lifted' : 'as it comes'}`;
}

const workHead = [
  ...['system', 'wall', '×', 'range', 'runs/s', 'worker CPU/step', '×', 'server CPU/step', '×'],
  ...['peak memory', '×', 'events/step', 'bytes/step', '×', 'history', 'longest, events'],
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
    kb(row.historyBytes),
    String(row.historyLongestEvents),
  ];
}

function floorOf(rows: readonly Row[]): Row | undefined {
  return rows.find(({ system }) => system === floorName);
}

function ratioText(rows: readonly Row[]): string {
  const lines = ratiosOf(rows).map(ratioLine);
  if (lines.length === 0) return '';
  const head = ['work, other', 'wall', 'runs/s', 'worker CPU', 'server CPU', 'peak memory', 'bytes'];
  return `${projectName} ÷ other: below 1 is less than the other takes, or fewer runs a second\n${aligned([head, ...lines])}`;
}

function ratioLine({ work, delayMs, server, to, ...figures }: Ratios): readonly string[] {
  const { wall, runsPerSecond, workerCpu, serverCpu, workerPeak, historyBytes } = figures;
  const cells = [wall, runsPerSecond, workerCpu, serverCpu, workerPeak, historyBytes].map((one) => ratio(one, 1));
  return [`${work} ${delayMs} ms ${server}, ${to}`, ...cells];
}

const systemHead = [
  ...['system', 'bundle', '×', 'worker ready', '×', 'memory at rest', '×', '100 live runs', '×'],
  ...['replay events/s', '×', 'killed: goes on after', 'ends after', 'calls twice'],
];

function systemText({ systems }: Summary): string {
  const floor = systems.find(({ system }) => system === floorName);
  return aligned([systemHead, ...systems.map((row) => systemLine(row, floor))]);
}

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
    mb(row.liveBytes),
    ratio(row.liveBytes, floor?.liveBytes),
    replay?.toFixed(0) ?? none,
    ratio(replay, floor?.replayEventsPerSecond?.median),
    ms(row.recovery?.resumedMs),
    ms(row.recovery?.endedMs),
    row.recovery?.callsRepeated.toFixed(0) ?? none,
  ];
}

function reworkText({ systems }: Summary): string {
  return systems
    .flatMap(({ system, rework }) => {
      if (rework === undefined) return [];
      const { reworked, startedAgain } = rework;
      const line = (how: string, { durationMs, modelCalls, tokens }: Cost) => [
        ...[how, String(modelCalls), String(tokens), ms(durationMs)],
      ];
      const lines = [
        ['', 'model calls', 'tokens', 'time'],
        line('rework', reworked),
        line('starting again', startedAgain),
      ];
      return [`One part of twenty is rejected at the sign-off, ${system}\n${aligned(lines)}`];
    })
    .join('\n\n');
}

function noteText({ gaps, systems }: Summary): string {
  const why = [...new Set(gaps.map((gap) => `${gap.system}, ${gap.work}: ${gap.why}`))];
  return [...why, ...systems.map(({ system, about, missing }) => `${system}: ${missing ?? about}`)].join('\n');
}
