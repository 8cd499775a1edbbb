import type { PlannedFault } from '../../contracts/rehearsal';
import { conductRun } from './conduct-run';
import { impossibleRow, judge, type Row } from './judge';
import { planFaults } from './plan-faults';
import type { RehearsalServer } from './rehearsal-server';
import type { Scene, Stage } from './stage';

/** A run that was rehearsed, as progress. */
export interface Rehearsed {
  readonly row: Row;
  readonly tookMs: number;
  readonly done: number;
  /** Nothing while only the run in peace is known. */
  readonly total: number | null;
}

/**
 * Rehearses a process: once in peace, then once with every fault of every effect. Runs go on as many servers at once as
 * are given, one at a time on each.
 *
 * @param onRehearsed called after each run
 * @returns the table; only the run in peace when that did not complete
 */
export async function rehearse(
  scene: Scene,
  servers: readonly [RehearsalServer, ...RehearsalServer[]],
  onRehearsed: (rehearsed: Rehearsed) => void,
): Promise<readonly Row[]> {
  let runs = 0;
  const nextRunId = () => `rehearsal-${(runs += 1)}`;
  const stages = servers.map((server): Stage => ({ ...scene, server, nextRunId }));
  const inPeace = await conductRun({ ...scene, server: servers[0], nextRunId }, null);
  const first = judge(inPeace, inPeace);
  onRehearsed({ row: first, tookMs: inPeace.tookMs, done: 1, total: null });
  if (!first.isGreen) return [first];
  const planned = planFaults(inPeace);
  const left = planned.filter(({ whyNot }) => whyNot === null).map(({ fault }) => fault);
  const total = left.length + 1;
  const rows = new Map<PlannedFault, Row>();
  let done = 1;
  const work = async (stage: Stage) => {
    for (let fault = left.shift(); fault !== undefined; fault = left.shift()) {
      const run = await conductRun(stage, fault);
      const row = judge(run, inPeace);
      rows.set(fault, row);
      onRehearsed({ row, tookMs: run.tookMs, done: (done += 1), total });
    }
  };
  await Promise.all(stages.map(work));
  return [first, ...planned.map(({ fault, whyNot }) => rows.get(fault) ?? impossibleRow(fault, whyNot))];
}
