import { failureTypes, type Failure, type FailureType } from '../../contracts/failures';

/** After these nobody knows whether the tool changed something; after any other final failure it did not. */
const leavesOpen: readonly FailureType[] = ['StepFailed', 'InvalidOutput', 'AnswerTooLarge', 'Cancelled'];

/** What a tool's failure says of its effect: a final failure of its own means that nothing was changed. */
export function outcomeAfter({ type }: Failure): 'refused' | 'unknown' {
  return failureTypes[type].retryable || leavesOpen.includes(type) ? 'unknown' : 'refused';
}
