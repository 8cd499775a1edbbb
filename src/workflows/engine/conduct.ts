import { CancellationScope, condition, continueAsNew, allHandlersFinished } from '@temporalio/workflow';
import { failure } from '../../contracts/failures';
import type { RunResult } from '../../contracts/outcome';
import type { ProcessDescription } from '../../contracts/process';
import { beginExecution, type Start } from './begin';
import type { Execution, Handover } from './execution';
import { expectedFailure, taskFailure } from './failing';
import { answerMessages, type Live } from './messages';
import { resultOf, type End } from './result';
import { tellOutcome } from './story';

/** The process function over this execution's run. */
export type Execute = (execution: Execution, input: unknown) => Promise<unknown>;

/**
 * Conducts one workflow execution of a run: answers messages, records the manifest, runs the
 * process function over the journal, and ends in an outcome or hands the journal to the next execution.
 */
export async function conduct(process: ProcessDescription, execute: Execute, start: Start): Promise<RunResult> {
  const live: Live = {};
  if (start.handover === undefined) answerMessages(process, live);
  const begun = await beginExecution(process, start);
  if ('outcome' in begun) {
    tellOutcome(begun.outcome);
    return begun;
  }
  const { execution, input } = begun;
  live.execution = execution;
  // What came while the run was handed over is kept for the handlers until this pass has asked again for what waits.
  if (start.handover !== undefined) {
    void execution.caughtUp.then(() => {
      answerMessages(process, live);
    });
  }
  const end = await CancellationScope.nonCancellable(() => runToItsEnd(execution, () => execute(execution, input)));
  if (end === 'handOver') return handOver(start.input, execution);
  const result = resultOf(execution, end);
  live.outcome = result.outcome;
  tellOutcome(result.outcome, execution);
  return result;
}

function handOver(input: unknown, { manifest, startedAt, journal, refused }: Execution): Promise<never> {
  type NextExecution = (input: unknown, handover: Handover) => Promise<RunResult>;
  return continueAsNew<NextExecution>(input, { manifest, startedAt, refused, entries: journal.entries });
}

/**
 * Lets the process function work until it ends, its time is up, it is cancelled, or its journal is due to be handed
 * over. Whatever it left in flight is settled before this returns.
 */
async function runToItsEnd(execution: Execution, execute: () => Promise<unknown>): Promise<End | 'handOver'> {
  const work = new CancellationScope({ cancellable: true });
  const progress: { end?: End } = {};
  void work.run(execute).then(
    (value) => (progress.end = { type: 'returned', value }),
    (error: unknown) => (progress.end = { type: 'threw', error }),
  );
  const isOver = () => progress.end !== undefined || execution.stopped !== undefined || mayHandOver(execution);
  const inTime = await condition(isOver, timeLeftMs(execution), { summary: 'time budget of the run' });
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
  await condition(() => execution.inFlight.size === 0 && execution.callsInFlight === 0);
  return stopped === undefined
    ? (progress.end ?? { type: 'threw', error: execution.stopped })
    : { type: 'threw', error: stopped };
}

function mayHandOver({ handingOver, callsInFlight }: Execution): boolean {
  return handingOver && callsInFlight === 0;
}

function timeLeftMs({ process, startedAt }: Execution): number {
  return Math.max(1, startedAt + process.budget.durationMsMax - Date.now());
}

function outOfTime({ process }: Execution) {
  const { durationMsMax } = process.budget;
  return failure('OutOfBudget', `The run's budget allows ${durationMsMax} ms, and they have passed.`, {
    unit: 'ms',
    max: durationMsMax,
  });
}

/** A programmer's error fails the workflow task, at once and before anything else is done, so that a fix resumes it. */
function assertExpected(error: unknown): void {
  if (expectedFailure(error) === undefined) throw taskFailure(error);
}
