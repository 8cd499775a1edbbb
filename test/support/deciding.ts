import { isGrpcCancelledError, isGrpcDeadlineError } from '@temporalio/client';
import type { Decision, DecisionKind } from '../../src/contracts/decision';
import type { RunView, WaitingView } from '../../src/contracts/run-view';
import { decideUpdate, runViewQuery } from '../../src/workflows/messages';
import { until, untilIdle, type RunHandle } from './engine-world';

type Handle = Pick<RunHandle, 'client' | 'query' | 'executeUpdate' | 'workflowId' | 'firstExecutionRunId'>;

/** The test server never answers a query to an execution that is just being continued as new; the next one it does. */
const queryMsMax = 2_000;

export async function viewOf(handle: Handle): Promise<RunView> {
  for (;;) {
    try {
      return await handle.client.withDeadline(Date.now() + queryMsMax, () => handle.query(runViewQuery));
    } catch (error) {
      if (!isGrpcDeadlineError(error) && !isGrpcCancelledError(error)) throw error;
    }
  }
}

/** Waits until a step waits for a person, and gives what the person is shown. */
export async function waiting(
  handle: Handle,
  isIt: (waiting: WaitingView) => boolean = () => true,
): Promise<WaitingView> {
  const view = await until(
    () => viewOf(handle),
    (read) => read.waiting.some(isIt),
  );
  return view.waiting.find(isIt)!;
}

/** A decision on what is shown, by the editor Ada unless said otherwise. */
export function decisionOn(
  { step, shown }: Pick<WaitingView, 'step' | 'shown'>,
  decision: DecisionKind,
  rest: Readonly<Record<string, unknown>> = {},
): Decision {
  return { step, shown, actor: 'ada', decision, ...rest } as Decision; // tests also send what is not one
}

/** Decides the next step that waits. */
export async function decideNext(
  handle: Handle,
  decision: DecisionKind,
  rest: Readonly<Record<string, unknown>> = {},
): Promise<WaitingView> {
  const shown = await waiting(handle);
  await untilIdle(handle);
  await handle.executeUpdate(decideUpdate, { args: [decisionOn(shown, decision, rest)] });
  return shown;
}

/** Decisions on a sign-off that must be refused: what is wrong, how it is made, and the reason that is given. */
export const unfitDecisions: [string, (shown: Pick<WaitingView, 'step' | 'shown'>) => unknown, RegExp][] = [
  ['is no decision', (shown) => ({ ...decisionOn(shown, 'approve'), decision: 'maybe' }), /does not have the shape/],
  [
    'has no actor',
    (shown) => decisionOn(shown, 'approve', { actor: ' ' }),
    /does not have the shape of a decision: actor/,
  ],
  ['is nothing at all', () => null, /does not have the shape/],
  [
    'names an unknown step',
    (shown) => decisionOn({ ...shown, step: 'editorSignOff-9' }, 'approve'),
    /editorSignOff-9 is not waiting/,
  ],
  [
    'names a step that is no approval',
    (shown) => decisionOn({ ...shown, step: 'writer-1' }, 'approve'),
    /writer-1 is not waiting/,
  ],
  [
    'was made on something else',
    (shown) => decisionOn({ ...shown, shown: 'f'.repeat(64) }, 'approve'),
    /shows something else/,
  ],
  [
    'edits to what does not fit',
    (shown) => decisionOn(shown, 'edit', { value: { text: 'x' } }),
    /does not fit editorSignOff-1: text/,
  ],
  [
    'is of a kind that is not offered',
    (shown) => decisionOn(shown, 'retry', { comment: 'Again.' }),
    /offers approve, edit, reject, reassign, not retry/,
  ],
];
