import { WorkflowNotFoundError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common';
import type { Decision, DecisionReceipt } from '../contracts/decision';
import { failure, type FailureType } from '../contracts/failures';
import type { Preview } from '../contracts/preview';
import type { RejectionReceipt, StepRejection } from '../contracts/step-rejection';
import { decideUpdate, previewUpdate, rejectStepUpdate } from '../workflows/messages';
import { statusOf } from './runs';
import { untilHeard } from './until-heard';

/**
 * Decides a waiting step.
 *
 * @throws `DecisionRefused` with the reason; `RunNotFound`
 */
export function decide(client: Client, runId: string, decision: Decision): Promise<DecisionReceipt> {
  return tell(client, { runId, update: decideUpdate, said: decision, refusedAs: 'DecisionRefused' });
}

/**
 * Rejects an answered step of a run under way: what came from it is undone and done again.
 *
 * @throws `RejectionRefused` with the reason; `RunNotFound`
 */
export function rejectStep(client: Client, runId: string, rejection: StepRejection): Promise<RejectionReceipt> {
  return tell(client, { runId, update: rejectStepUpdate, said: rejection, refusedAs: 'RejectionRefused' });
}

/**
 * What a rejection of a step would undo and ask again, at most.
 *
 * @throws `RejectionRefused` when the step cannot be rejected; `RunNotFound`
 */
export function previewRejection(client: Client, runId: string, step: string): Promise<Preview> {
  return tell(client, { runId, update: previewUpdate, said: { reject: step }, refusedAs: 'RejectionRefused' });
}

interface Telling<Receipt, Said> {
  readonly runId: string;
  readonly update: UpdateDefinition<Receipt, [Said]>;
  readonly said: Said;
  readonly refusedAs: FailureType;
}

/** What a run's validator refuses has changed nothing; a run that has ended refuses everything. */
async function tell<Receipt, Said>(
  client: Client,
  { runId, update, said, refusedAs }: Telling<Receipt, Said>,
): Promise<Receipt> {
  try {
    const handle = client.workflow.getHandle(runId);
    return await untilHeard(() => handle.executeUpdate<Receipt, [Said]>(update, { args: [said] }));
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
      throw failure(refusedAs, error.cause.message, { runId });
    }
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const status = await statusOf(client, runId);
    const what = refusedAs === 'DecisionRefused' ? 'decision' : 'rejection';
    throw failure(refusedAs, `The ${what} was refused. The run ${runId} has ended (${status}).`, { runId });
  }
}
