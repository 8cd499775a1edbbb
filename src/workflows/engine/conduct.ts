import { CancellationScope, condition, continueAsNew, allHandlersFinished } from '@temporalio/workflow';
import { failure } from '../../contracts/failures';
import type { RunResult } from '../../contracts/outcome';
import type { ProcessDescription } from '../../contracts/process';
import { beginExecution, isHandover, type Start } from './begin';
import { beganWith, reworks, type Execution, type Handover } from './execution';
import { expectedFailure, taskFailure } from './failing';
import { answerMessages, type Live } from './messages';
import type { Pass } from './pass';
import { isQuiet } from './quiet';
import { release } from './release';
import { entriesBefore, judgeEnd, resultOf, type End } from './result';
import { tellOutcome } from './story';
import { sweep, undoDoubtful, undoEverything } from './sweep';

/** The process function over a pass. */
export type Execute = (pass: Pass, input: unknown) => Promise<unknown>;

/**
 * Conducts one workflow execution of a run: answers messages, records the manifest, runs the
 * process function over the journal, and ends in an outcome or hands the journal to the next execution.
 */
export async function conduct(process: ProcessDescription, execute: Execute, start: Start): Promise<RunResult> {
  const live: Live = { before: entriesBefore(start.before) };
  if (!isHandover(start.before)) answerMessages(process, live);
  const begun = await beginExecution(process, start);
  if ('outcome' in begun) {
    tellOutcome(begun.outcome);
    return begun;
  }
  const { execution, input } = begun;
  live.execution = execution;
  live.runDry = (pass) => void execute(pass, input).catch(() => undefined);
  // What came while the run was handed over is kept for the handlers until this pass has asked again for what waits.
  if (isHandover(start.before)) {
    void Promise.resolve(execution.pass.catchingUp).then(() => {
      answerMessages(process, live);
    });
  }
  return CancellationScope.nonCancellable(async () => {
    const end = await runToItsEnd(execution, (pass) => execute(pass, input));
    if (end === 'handOver') return handOver(start.input, execution);
    const result = await finish(execution, end);
    live.outcome = result.outcome;
    tellOutcome(result.outcome, execution);
    return result;
  });
}

function handOver(input: unknown, execution: Execution): Promise<never> {
  const { manifest, startedAt, journal, refused, pass, childOf, holdsCount, ledger } = execution;
  type NextExecution = (input: unknown, handover: Handover) => Promise<RunResult>;
  const { entries } = journal;
  const childhood = {
    ...(childOf === undefined ? {} : { childOf, holds: holdsCount }),
    ...(ledger.lease === undefined ? {} : { lease: ledger.lease }),
  };
  return continueAsNew<NextExecution>(input, {
    ...{ manifest, startedAt, refused, entries, pass: pass.number },
    ...childhood,
  });
}

/**
 * Lets the process function work until it ends, its time is up, it is cancelled, or its journal is due to be handed
 * over. Whatever it left in flight is settled before this returns.
 */
async function runToItsEnd(execution: Execution, execute: (pass: Pass) => Promise<unknown>): Promise<End | 'handOver'> {
  const work = new CancellationScope({ cancellable: true });
  const progress: { end?: End } = {};
  void work
    .run(() => passes(execution, execute))
    .then(
      (end) => (progress.end ??= end),
      (error: unknown) => (progress.end ??= { type: 'threw', error }),
    );
  const isOver = () => progress.end !== undefined || execution.stopped !== undefined || mayHandOver(execution);
  const inTime = await untilOrTimeIsUp(execution, isOver);
  if (!inTime) execution.stopped ??= outOfTime(execution);
  if (progress.end === undefined && execution.stopped === undefined) {
    await condition(allHandlersFinished);
    return 'handOver';
  }
  if (progress.end?.type === 'threw') assertExpected(progress.end.error);
  // A process that returned before it heard of a cancellation has completed.
  const isTooLate = progress.end?.type === 'returned' && execution.stopped?.type === 'Cancelled';
  const stopped = isTooLate ? undefined : execution.stopped;
  execution.stopped ??= failure('Cancelled', 'The process function has ended.');
  work.cancel();
  const isSettled = () => execution.inFlight.size === 0 && execution.callsInFlight === 0 && !execution.isUndoing;
  await condition(isSettled);
  return stopped === undefined
    ? (progress.end ?? { type: 'threw', error: execution.stopped })
    : { type: 'threw', error: stopped };
}

/** Runs the process function over the journal, again after each rejection, until a pass ends that was not abandoned. */
async function passes(execution: Execution, execute: (pass: Pass) => Promise<unknown>): Promise<End> {
  for (;;) {
    const { pass } = execution;
    const progress: { end?: End } = {};
    void execute(pass).then(
      (value) => (progress.end = { type: 'returned', value }),
      (error: unknown) => (progress.end = { type: 'threw', error }),
    );
    for (;;) {
      await condition(() => pass.isAbandoned || progress.end !== undefined || isQuiet(execution));
      if (pass.isAbandoned) break;
      if (progress.end !== undefined) return progress.end;
      const notUndone = await sweep(execution);
      if (notUndone !== undefined) return { type: 'threw', error: (execution.stopped ??= notUndone) };
      // A rejection may have come while effects were undone.
      if (execution.pass === pass) await release(execution);
    }
  }
}

/** Undoes what the run's end leaves no place for, and says what the run came to. */
async function finish(execution: Execution, end: End): Promise<RunResult> {
  const verdict = judgeEnd(execution, end);
  if (!reworks(execution)) return resultOf(execution, verdict);
  const reason = verdict.isDone ? ((await sweep(execution)) ?? (await undoDoubtful(execution))) : verdict.reason;
  if (reason === undefined) return resultOf(execution, verdict);
  await undoEverything(execution);
  return resultOf(execution, { isDone: false, reason });
}

function mayHandOver(execution: Execution): boolean {
  const { handingOver, callsInFlight, isUndoing, pass } = execution;
  // What waits in line is given first, so that it does not matter whether a replay gives it at once.
  const isGiven = !beganWith(3, execution) || pass.turns.isIdle;
  return handingOver && callsInFlight === 0 && !isUndoing && isGiven;
}

/** Waits within the run's wall time; when that was raised in the meantime, for that much longer. */
async function untilOrTimeIsUp(execution: Execution, isOver: () => boolean): Promise<boolean> {
  for (;;) {
    const { durationMsMax } = execution.ledger.budget;
    const inTime = await condition(isOver, timeLeftMs(execution), { summary: 'time budget of the run' });
    if (inTime || execution.ledger.budget.durationMsMax === durationMsMax) return inTime;
  }
}

function timeLeftMs({ ledger, startedAt }: Execution): number {
  return Math.max(1, startedAt + ledger.budget.durationMsMax - Date.now());
}

function outOfTime({ ledger }: Execution) {
  const { durationMsMax } = ledger.budget;
  return failure('OutOfBudget', `The run's budget allows ${durationMsMax} ms, and they have passed.`, {
    unit: 'ms',
    max: durationMsMax,
  });
}

/** A programmer's error fails the workflow task, at once and before anything else is done, so that a fix resumes it. */
function assertExpected(error: unknown): void {
  if (expectedFailure(error) === undefined) throw taskFailure(error);
}
