import {
  ActivityCancellationType,
  ActivityFailure,
  CancellationScope,
  CancelledFailure,
  condition,
  proxyActivities,
  TimeoutFailure,
  type ActivityInterfaceFor,
} from '@temporalio/workflow';
import type { EngineActivities } from '../../contracts/activities';
import type { JournalEntry } from '../../contracts/journal';
import { addUsage, type Usage } from '../../contracts/usage';
import { reservesInFull, type Execution } from './execution';
import { expectedFailure } from './failing';
import type { Lack, Reservation } from './ledger';
import { citing } from './citations';
import { despiteLostWorkers } from './lost-worker';

/** Tries of one call before its failure counts. */
const callAttemptsMax = 4;

/** How calls are repeated that do not answer, or fail in a way that a retry may help. */
export const callRetry = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '10 seconds',
  maximumAttempts: callAttemptsMax,
} as const;

const ordinary = proxyActivities<EngineActivities>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '10 seconds',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: callRetry,
});

/**
 * The border of the sandbox: every call leaves through one of these activities. What cannot be helped by a retry says so
 * itself when it crosses: the types of such failures in every call's policy would be a fifth of the history.
 */
export const activities: ActivityInterfaceFor<EngineActivities> = despiteLostWorkers(ordinary);

/** The same border for the steps of one execution, whose calls cite what its history has. */
export function activitiesCiting(): ActivityInterfaceFor<EngineActivities> {
  return despiteLostWorkers(citing(ordinary));
}

/** For a call that must not be repeated by itself. */
export const oneAttempt = { maximumAttempts: 1 } as const;

/** The undoing of effects is tried more patiently than anything else. */
const undoAttemptsMax = 6;

/** The same border for compensations. */
export const compensations: Pick<ActivityInterfaceFor<EngineActivities>, 'undoTool'> = despiteLostWorkers(
  proxyActivities<EngineActivities>({
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '10 seconds',
    retry: {
      initialInterval: '500 milliseconds',
      backoffCoefficient: 3,
      maximumInterval: '30 seconds',
      maximumAttempts: undoAttemptsMax,
    },
  }),
);

/** The step on whose account a call is made. */
export interface CallingStep {
  readonly execution: Execution;
  readonly entry: JournalEntry;
}

/** What a call costs. */
export interface Costs<Answer> {
  /** The most that it may cost. Default: one call. */
  readonly needs?: Usage;
  /** What the answer did cost. Default: one call. */
  readonly usageOf?: (answer: Answer) => Usage;
}

/**
 * Makes one call within the run's budget, and writes what it cost into its step. What it may cost at the most is
 * reserved before: a call for which there is not enough beside the others waits until enough of them are settled, and
 * at the end of the budget until it is raised. It is counted as in flight until it is settled; a run that is about to
 * continue as new makes no more calls, and the next execution asks again.
 *
 * A call that fails costs what its failure tells of as `usage`, and at least one call.
 *
 * @throws `OutOfBudget` when the budget is at its end and nobody raises it
 */
export async function callWithinBudget<Answer>(
  calling: CallingStep,
  call: (reservation: Reservation) => Promise<Answer>,
  { needs = oneCall, usageOf = () => oneCall }: Costs<Answer> = {},
): Promise<Answer> {
  const { execution, entry } = calling;
  if (execution.stopped) throw execution.stopped;
  while (execution.handingOver) await heldBack(execution);
  const reservation = reservedAtOnce(calling, needs) ?? (await room(calling, needs));
  const endBusy = beginBusy(calling);
  execution.callsInFlight += 1;
  let spent = oneCall;
  try {
    const answer = await call(reservation);
    spent = usageOf(answer);
    return answer;
  } catch (error) {
    spent = spentDespite(error, reservation.usage);
    throw error;
  } finally {
    execution.ledger.settle(reservation, spent);
    entry.usage = addUsage(entry.usage, spent);
    execution.callsInFlight -= 1;
    endBusy();
  }
}

/**
 * What a call did cost that failed: what its failure tells, and at least itself. Of one that did not answer in time
 * nobody can tell: it counts as the most that it may have cost.
 */
function spentDespite(error: unknown, atMost: Usage): Usage {
  if (error instanceof ActivityFailure && error.cause instanceof TimeoutFailure) return atMost;
  const told = expectedFailure(error)?.details['usage'];
  if (typeof told !== 'object' || told === null) return oneCall;
  const figures = new Map<string, unknown>(Object.entries(told));
  const figure = (unit: keyof Usage) => {
    const value = figures.get(unit);
    return typeof value === 'number' ? value : 0;
  };
  return { tokens: figure('tokens'), costMicroUsd: figure('costMicroUsd'), calls: Math.max(1, figure('calls')) };
}

/** Reserves without waiting: a call that fits is made in the same moment. */
function reservedAtOnce({ execution, entry }: CallingStep, needs: Usage): Reservation | undefined {
  const { ledger } = execution;
  if (reservesInFull(execution)) {
    return ledger.lack(needs) === undefined ? ledger.reserve(entry.step, needs) : undefined;
  }
  try {
    return ledger.reserveCall(entry.step);
  } catch (error) {
    execution.stopped ??= expectedFailure(error);
    throw error;
  }
}

/**
 * Waits until there is room in the budget for a call, and reserves it.
 *
 * @param isInFlight whether the call is part of one that is out already: a hand-over waits for it
 */
export function room(calling: CallingStep, needs: Usage, isInFlight = false): Promise<Reservation> {
  const { execution, entry } = calling;
  const { ledger } = execution;
  return whileBusy(calling, async () => {
    for (;;) {
      if (execution.stopped !== undefined) throw execution.stopped;
      if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('No longer asked for.');
      if (execution.handingOver && !isInFlight) {
        await heldBack(execution);
        continue;
      }
      if (ledger.lack(needs) === undefined) return ledger.reserve(entry.step, needs);
      const lack = lackInTheEnd(execution, needs);
      if (lack === undefined) {
        const isOver = () => ledger.lack(needs) === undefined || lackInTheEnd(execution, needs) !== undefined;
        await condition(() => execution.stopped !== undefined || isOver());
      } else if (execution.asksForMore) {
        await condition(
          () => execution.stopped !== undefined || !execution.asksForMore || ledger.lack(needs) === undefined,
        );
      } else {
        await execution.askForMore(calling, { needs, lack });
      }
    }
  });
}

/**
 * What will be lacking also when everything is settled that settles by itself. Children that wait for more, or until
 * this run is quiet to do what cannot be undone, do not.
 */
function lackInTheEnd({ ledger, holdingChildren }: Execution, needs: Usage): Lack | undefined {
  return ledger.lack(needs, ({ step, isWaiting }) => isWaiting || holdingChildren.has(step));
}

/** Counts a step as busy while it waits for a call, a timer or a person: then its branch is not quiet. */
export async function whileBusy<Answer>(calling: CallingStep, wait: () => Promise<Answer>): Promise<Answer> {
  const end = beginBusy(calling);
  try {
    return await wait();
  } finally {
    end();
  }
}

/** Counts a step as busy until what this returns is called. */
function beginBusy({ execution: { busy }, entry: { step } }: CallingStep): () => void {
  busy.set(step, (busy.get(step) ?? 0) + 1);
  return () => {
    const left = (busy.get(step) ?? 1) - 1;
    if (left > 0) busy.set(step, left);
    else busy.delete(step);
  };
}

export const oneCall: Usage = { tokens: 0, costMicroUsd: 0, calls: 1 };

/**
 * For what this execution will not do while it is to be handed over: the next one asks again. Resolves when the hand-over
 * is put off.
 *
 * @throws why the run stops, when it is stopped first
 */
export async function heldBack(execution: Execution): Promise<void> {
  execution.heldBackCount += 1;
  try {
    await condition(() => execution.stopped !== undefined || !execution.handingOver);
  } finally {
    execution.heldBackCount -= 1;
  }
  if (execution.stopped !== undefined) throw execution.stopped;
}
