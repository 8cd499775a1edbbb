import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { Notice } from '../../contracts/activities';
import { Failure } from '../../contracts/failures';
import type { RunResult } from '../../contracts/outcome';
import type { EffectEvent, PlannedFault, RehearsalOrder, WorkerReport } from '../../contracts/rehearsal';
import { decide } from '../decisions';
import { viewRun } from '../runs';
import { reasonOf } from '../up/reason';
import { maskOf } from './mask';
import { rejectLater } from './reject-later';
import { startRehearsalProcess, type RehearsalProcess } from './rehearsal-process';
import type { CourseEntry, RehearsedRun } from './rehearsed-run';
import type { Stage } from './stage';

/** The actor that decides what waits: the systems are a copy, so nobody's business is decided. */
const actor = 'rehearsal';
const endWithinMs = 120_000;
/** The engine's calls are missed by the server after ten seconds without a heartbeat. */
const missedAfterMs = 11_000;

/** What has come of a run so far. */
interface Progress {
  process: RehearsalProcess | undefined;
  hasStruck: boolean;
  readonly events: EffectEvent[];
  readonly course: CourseEntry[];
  /** Rejects with what went wrong while a hold was answered. */
  readonly failed: Promise<never>;
  readonly fail: (error: unknown) => void;
}

/** Runs the process once on a copy of its systems of its own, with one fault or none. */
export async function conductRun(stage: Stage, fault: PlannedFault | null): Promise<RehearsedRun> {
  const startedAt = Date.now();
  const copy = await stage.copies.make();
  const runId = stage.nextRunId();
  const { address, namespace } = stage.server;
  const { artifacts, playbookFile, workflowBundleFile, policies } = stage;
  const order: RehearsalOrder = {
    ...{ address, namespace, taskQueue: runId, runId, systems: copy.place },
    ...{ artifacts, playbookFile, workflowBundleFile, policies, fault },
  };
  const progress = newProgress();
  const handle = stage.server.client.workflow.getHandle<() => Promise<RunResult>>(runId);
  const start = (given: RehearsalOrder) =>
    startRehearsalProcess(stage.worker, { order: given, logFile: join(stage.folder, `${runId}.log`) }, (report) => {
      void onReport(report).catch(progress.fail);
    });
  const strike = async (process: RehearsalProcess): Promise<boolean> => {
    switch (fault?.kind) {
      case 'workerDies':
        await process.kill();
        progress.process = await start({ ...order, fault: null });
        await stage.server.passTime(missedAfterMs);
        return false;
      case 'cancelled':
        await handle.cancel();
        return true;
      case 'rejectedLater':
      case 'rejectedAtEnd':
        await rejectLater(stage.server.client, { runId, path: fault.step, actor });
        return true;
      default:
        return true;
    }
  };
  const onReport = async (report: WorkerReport) => {
    const { process } = progress;
    enter(progress, report);
    if (process === undefined) throw new Error('Expected a worker to report only after it was ready.');
    if (report.type === 'notice') {
      if (await answerNotice(stage, report.notice, fault)) progress.hasStruck = true;
      process.release(report.hold);
    }
    if (report.type === 'fault') {
      progress.hasStruck = true;
      if (report.hold !== null && (await strike(process))) process.release(report.hold);
    }
  };
  try {
    const { process, name } = { process: await start(order), name: stage.process.name };
    progress.process = process;
    await stage.server.client.workflow.start(name, { workflowId: runId, taskQueue: runId, args: [stage.input] });
    const end = await stage.server.skippingTime(() => endOf(handle, progress));
    const after = await progress.process.readState();
    const mask = maskOf(progress.events);
    return {
      fault,
      ...end,
      hasStruck: progress.hasStruck,
      events: progress.events.map((event) => ({ ...event, change: mask.change(event.change) })),
      course: progress.course,
      before: mask.state(process.initialState),
      after: mask.state(after),
      tookMs: Date.now() - startedAt,
    };
  } finally {
    await progress.process?.kill();
    await copy.remove();
  }
}

function newProgress(): Progress {
  const live: { fail: Progress['fail'] } = { fail: () => undefined };
  const failed = new Promise<never>((_resolve, reject) => (live.fail = reject));
  failed.catch(() => undefined);
  return {
    process: undefined,
    hasStruck: false,
    events: [],
    course: [],
    failed,
    fail: (error) => {
      live.fail(error);
    },
  };
}

function enter({ events, course }: Progress, report: WorkerReport): void {
  if (report.type === 'effect') events.push(report.event);
  if (report.type === 'called' || report.type === 'answered')
    course.push({ type: report.type, step: report.call.step });
  if (report.type === 'notice' && report.notice.reason === 'asked')
    course.push({ type: 'asked', step: report.notice.step });
}

/** Awaits the run's end; one that does not come is ended, as it would keep the server from the next. */
async function endOf(
  handle: WorkflowHandle<() => Promise<RunResult>>,
  { failed }: Progress,
): Promise<Pick<RehearsedRun, 'outcome' | 'reason'>> {
  const tooLate = new AbortController();
  const noEnd = wait(endWithinMs, 'noEnd' as const, { signal: tooLate.signal, ref: false });
  try {
    const result = await Promise.race([handle.result(), failed, noEnd]);
    if (result !== 'noEnd') {
      return { outcome: result.outcome, reason: 'failure' in result ? result.failure.message : null };
    }
    await handle.terminate('It did not end in time.');
    return { outcome: 'noEnd', reason: `it did not end within ${endWithinMs / 1_000} s` };
  } catch (error) {
    await handle.terminate('The rehearsal gave it up.').catch(() => undefined);
    return { outcome: 'noEnd', reason: reasonOf(error) };
  } finally {
    tooLate.abort();
    noEnd.catch(() => undefined);
  }
}

/**
 * Approves what waits, or rejects it when that is the fault. What cannot be approved is left to its deadline, to which
 * time is skipped.
 *
 * @returns whether it was the fault
 */
async function answerNotice({ server: { client } }: Stage, { runId, step }: Notice, fault: PlannedFault | null) {
  const { waiting } = await viewRun(client, runId);
  const asked = waiting.find((one) => one.step === step);
  if (asked === undefined) return false;
  const isToReject = fault?.kind === 'signOffRejected' && fault.step === step;
  const decision = isToReject ? 'reject' : 'approve';
  if (!asked.offers.includes(decision)) return false;
  try {
    await decide(client, runId, { decision, step, shown: asked.shown, actor, comment: 'Decided in a rehearsal.' });
    return isToReject;
  } catch (error) {
    // It ended while it was looked at.
    if (error instanceof Failure && error.type === 'DecisionRefused') return false;
    throw error;
  }
}
