import {
  ChildWorkflowCancellationType,
  ChildWorkflowFailure,
  ParentClosePolicy,
  executeChild,
  isCancellation,
} from '@temporalio/workflow';
import { failure } from '../../contracts/failures';
import type { JournalEntry } from '../../contracts/journal';
import type { LeftOut, RunResult } from '../../contracts/outcome';
import type { ProcessDescription } from '../../contracts/process';
import { addUsage } from '../../contracts/usage';
import { ask } from './ask';
import { callWithinBudget, oneCall, type CallingStep } from './call';
import { beganWith, reservesInFull, type Childhood, type Execution, type LeasedChild } from './execution';
import { expectedFailure } from './failing';
import { childNeeds, serveChild, widen } from './leases';
import { usageMax, type Reservation } from './ledger';
import type { Pass } from './pass';
import { unlessRepeated } from './repeated-answer';
import { untold } from './standing';
import { summary } from './story';

export interface ProcessAsk {
  readonly process: ProcessDescription;
  readonly input: unknown;
  readonly about: string;
}

/**
 * Runs another process as a child run with a journal of its own, and answers with its value.
 *
 * @throws the child's failure, `StepFailed` when it ended otherwise than completed
 */
export async function askProcess(pass: Pass, { process, input, about }: ProcessAsk): Promise<unknown> {
  const { name, version } = process;
  const { execution } = pass;
  // What a child changes is not known before it runs; it is undone through what it tells of it at its end.
  const question = { kind: 'process', name, version, input, about, effect: 'compensatable' } as const;
  const answer = await ask({ execution, pass }, question, (entry) =>
    unlessRepeated(execution, entry, () => {
      const child = runChild(execution, entry, { process, input, about });
      return beganWith(2, execution) ? unlessLost(child, execution, entry) : child;
    }),
  );
  const { value, leftOut } = answer as ChildAnswer; // what runChild returned, from the journal
  pass.leftOut.push(...leftOut);
  return value;
}

/** A child's value, and what it left out: the run leaves it out in every pass. */
interface ChildAnswer {
  readonly value: unknown;
  readonly leftOut: readonly LeftOut[];
}

/** The workflow id of the child that a step runs. */
export function childId({ manifest }: Execution, step: string): string {
  return `${manifest.runId}.${step}`;
}

interface Leasing {
  readonly process: ProcessDescription;
  readonly reservation: Reservation;
}

/** Runs a child on a lease of this run's budget, and lets it have more as long as it runs. */
async function leased(
  calling: CallingStep,
  { process, reservation }: Leasing,
  run: (lease: Pick<Childhood, 'lease'>) => Promise<RunResult>,
): Promise<RunResult> {
  const { execution, entry } = calling;
  if (!reservesInFull(execution)) return run({});
  const { step } = entry;
  const child: LeasedChild = { reservation };
  const declared = usageMax(process.budget);
  let isOver = false;
  execution.leasedChildren.set(step, child);
  const lease = widen(execution.ledger, reservation, declared);
  const hasEnded = () => isOver;
  serveChild(calling, { child, declared, workflowId: childId(execution, step), hasEnded }).catch((error: unknown) => {
    // The run stops, and its child with it.
    if (expectedFailure(error) === undefined) throw error;
  });
  try {
    return await run({ lease });
  } finally {
    isOver = true;
    execution.leasedChildren.delete(step);
  }
}

async function runChild(
  execution: Execution,
  entry: JournalEntry,
  { process, input, about }: ProcessAsk,
): Promise<ChildAnswer> {
  const result = await callWithinBudget(
    { execution, entry },
    (reservation) =>
      leased({ execution, entry }, { process, reservation }, (lease) =>
        executeChild<(input: unknown, before: Childhood) => Promise<RunResult>>(process.name, {
          args: [input, { childOf: entry.step, ...lease }],
          workflowId: childId(execution, entry.step),
          staticSummary: summary(process.name, about),
          staticDetails: process.objective,
          cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
          parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        }),
      ),
    { needs: childNeeds, usageOf: ({ usage }) => addUsage(oneCall, usage) },
  );
  entry.childEffects = (result.standing ?? []).map((effect) => ({ ...effect, step: `${entry.step}/${effect.step}` }));
  switch (result.outcome) {
    case 'completed':
      return { value: result.value, leftOut: [] };
    case 'completedPartially':
      return { value: result.value, leftOut: result.leftOut };
    case 'rejected':
    case 'rolledBack':
    case 'outOfBudget':
    case 'needsRepair':
      throw failure('StepFailed', `${entry.step} ended ${result.outcome}: ${result.failure.message}`, {
        step: entry.step,
        outcome: result.outcome,
      });
  }
}

/** A child that ends without a result, since it was terminated from outside for one, leaves open what it has done. */
async function unlessLost<Answer>(child: Promise<Answer>, execution: Execution, entry: JournalEntry): Promise<Answer> {
  try {
    return await child;
  } catch (error) {
    if (error instanceof ChildWorkflowFailure && !isCancellation(error)) {
      entry.childEffects = [untold(entry, childId(execution, entry.step))];
    }
    throw error;
  }
}
