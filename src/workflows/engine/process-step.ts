import { ChildWorkflowCancellationType, ParentClosePolicy, executeChild } from '@temporalio/workflow';
import { failure } from '../../contracts/failures';
import type { JournalEntry } from '../../contracts/journal';
import type { RunResult } from '../../contracts/outcome';
import type { ProcessDescription } from '../../contracts/process';
import { addUsage } from '../../contracts/usage';
import { ask } from './ask';
import { callWithinBudget } from './call';
import type { Execution } from './execution';
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
export function askProcess(execution: Execution, { process, input, about }: ProcessAsk): Promise<unknown> {
  const { name, version } = process;
  return ask(execution, { kind: 'process', name, version, input, about }, (entry) =>
    runChild(execution, entry, { process, input, about }),
  );
}

async function runChild(execution: Execution, entry: JournalEntry, { process, input, about }: ProcessAsk) {
  const result = await callWithinBudget(execution, () =>
    executeChild<(input: unknown) => Promise<RunResult>>(process.name, {
      args: [input],
      workflowId: `${execution.manifest.runId}.${entry.step}`,
      staticSummary: summary(process.name, about),
      staticDetails: process.objective,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    }),
  );
  entry.usage = addUsage(entry.usage, result.usage);
  execution.ledger.add(result.usage);
  switch (result.outcome) {
    case 'completed':
      return result.value;
    case 'completedPartially':
      execution.leftOut.push(...result.leftOut);
      return result.value;
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
