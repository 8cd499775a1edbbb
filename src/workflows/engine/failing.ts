import { ActivityFailure, ChildWorkflowFailure, TimeoutFailure, isCancellation, rootCause } from '@temporalio/workflow';
import { ApplicationFailure, TemporalFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { Failure, failure, failureTypes, type FailureDetails, type FailureType } from '../../contracts/failures';
import type { RecordedFailure } from '../../contracts/journal';

/**
 * The expected failure that an error stands for, or nothing when it is a programmer's error, which must fail the
 * workflow task so that a fix resumes the run.
 */
export function expectedFailure(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error;
  if (isCancellation(error)) return failure('Cancelled', 'The run was cancelled before this step ended.');
  if (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) return fromCause(error);
  if (error instanceof WorkflowExecutionAlreadyStartedError) {
    return failure(
      'StepFailed',
      `A run with the id ${error.workflowId} exists already. End it, or start under another id.`,
    );
  }
  return undefined;
}

function fromCause(error: ActivityFailure | ChildWorkflowFailure): Failure {
  const { cause } = error;
  if (cause instanceof ApplicationFailure && isFailureType(cause.type)) {
    const details = cause.details?.[0] as FailureDetails | undefined; // written by this project's own activities
    return failure(cause.type, cause.message, details);
  }
  const what = cause instanceof TimeoutFailure ? 'did not answer in time' : 'failed';
  return failure('StepFailed', `The call ${what}: ${rootCause(error) ?? error.message}`);
}

function isFailureType(type: string | null | undefined): type is FailureType {
  return typeof type === 'string' && Object.hasOwn(failureTypes, type);
}

/** The error to throw for a programmer's error: a Temporal failure as it is would fail the run, and not the task. */
export function taskFailure(error: unknown): unknown {
  return error instanceof TemporalFailure ? new Error(error.message, { cause: error }) : error;
}

export function record({ type, message, details }: Failure): RecordedFailure {
  return { type, message, details };
}

export function revive({ type, message, details }: RecordedFailure): Failure {
  return failure(type, message, details);
}
