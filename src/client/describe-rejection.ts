import type { Preview } from '../contracts/preview';
import type { WaitingView } from '../contracts/run-view';
import { describeSpend } from './spend';
import { isRejectable, type IfRejected } from './if-rejected';

/** What a rejection of a step would come to at the most, for a person who is about to reject it. */
export function describePreview({ reject, undone, cannotBeUndone, askedAgain, usage }: Preview): string {
  return [
    `Rejecting ${reject} would at the most`,
    `  undo, newest first:  ${listed(undone)}`,
    `  leave standing, because it cannot be undone:  ${listed(cannotBeUndone)}`,
    `  ask again (${askedAgain.length}):  ${listed(askedAgain)}`,
    `  throw away what cost  ${describeSpend(usage)}`,
    'Steps that then ask the same as before keep their answers, and what they did.',
  ].join('\n');
}

/** What rejecting a waiting step comes to, with and without a step to blame; nothing where that is not offered. */
export function describeIfRejected(
  runId: string,
  waiting: Pick<WaitingView, 'offers'>,
  { undone, cannotBeUndone }: IfRejected,
): string[] {
  if (!isRejectable(waiting)) return [];
  return [
    'Rejecting it without --blame ends the run, unless the process provides for that, and would undo ' +
      (undone.length === 0 ? 'nothing: no effect stands.' : `${undone.join(', ')} (newest first).`),
    ...(cannotBeUndone.length === 0 ? [] : [`What could not be undone: ${cannotBeUndone.join(', ')}.`]),
    `Rejecting it with --blame STEP has that step done again, with all that came from it. What that undoes: counterpoint preview ${runId} --reject STEP`,
  ];
}

function listed(steps: readonly string[]): string {
  return steps.length === 0 ? 'nothing' : steps.join(', ');
}
