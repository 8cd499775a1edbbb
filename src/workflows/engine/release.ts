import { CancellationScope, condition, getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import { addUsage, type Usage } from '../../contracts/usage';
import { childGoesOnSignal, childHoldsSignal, releasePivotsSignal } from '../messages';
import { oneCall } from './call';
import { beganWith, type Execution } from './execution';
import { surrender } from './leases';
import { childId } from './process-step';
import { isQuiet } from './quiet';

/**
 * Lets the held effects of a quiet pass happen, those of its children included. A child asks its parent first when one
 * of them is a pivot, since the parent's other branches could still fail.
 */
export async function release(execution: Execution): Promise<void> {
  const { pass, holdingChildren, childOf } = execution;
  const hasPivot = holdingChildren.size > 0 || pass.held.some(({ isPivot }) => isPivot);
  if (childOf !== undefined && hasPivot) await askParent(execution, childOf);
  // A rejection may have come in the meantime, or a child may have taken its hold back.
  if (execution.pass !== pass || execution.stopped !== undefined) return;
  if (beganWith(2, execution) && !isQuiet(execution)) return;
  pass.release();
  for (const [step, hold] of [...holdingChildren]) {
    holdingChildren.delete(step);
    void getExternalWorkflowHandle(childId(execution, step))
      .signal(releasePivotsSignal, hold)
      .catch(() => undefined); // the child has ended: it needs no leave
  }
}

/** Waits for the parent's leave, and takes the hold back when this run is no longer quiet before it comes. */
async function askParent(execution: Execution, childOf: string): Promise<void> {
  const { parent } = workflowInfo();
  if (parent === undefined) throw new Error('Expected a child run to have a parent.');
  const { pass } = execution;
  const handle = getExternalWorkflowHandle(parent.workflowId, parent.runId);
  const hold = (execution.holdsCount += 1);
  execution.mayPivot = false;
  // A parent that has ended cancels this run.
  await handle.signal(childHoldsSignal, childOf, surrender(execution), hold).catch(() => undefined);
  const takesBack = beganWith(2, execution);
  const hasLeave = () => execution.mayPivot;
  await condition(() => hasLeave() || execution.pass !== pass || (takesBack && !isQuiet(execution)));
  if (!takesBack || hasLeave()) return;
  await CancellationScope.nonCancellable(() => handle.signal(childGoesOnSignal, childOf, hold)).catch(() => undefined);
}

/**
 * Notes that a child's pivots wait until this run is quiet. A hand-over that waits for the child to end is put off: what it
 * holds back could still fail, and goes on first.
 */
export function noteHoldingChild(execution: Execution, step: string, { held, hold }: Hold): void {
  if (!execution.inFlight.has(step)) return;
  execution.holdingChildren.set(step, hold);
  if (beganWith(2, execution)) execution.handingOver = false;
  const child = execution.leasedChildren.get(step);
  if (child !== undefined && held) child.reservation.usage = addUsage(oneCall, held);
}

/** That a child's pivots wait: what it keeps of its lease until then, and the number of the hold. */
interface Hold {
  readonly held: Usage | null | undefined;
  readonly hold: number | undefined;
}

/** Notes that a child has taken a hold back, unless its pivots have been let happen before. */
export function forgetHoldingChild({ holdingChildren }: Execution, step: string, hold: number): void {
  if (holdingChildren.get(step) === hold) holdingChildren.delete(step);
}

/** Notes a parent's leave, unless it is for a hold that was taken back. */
export function takeLeave(execution: Execution, hold: number | undefined): void {
  if (typeof hold !== 'number' || hold === execution.holdsCount) execution.mayPivot = true;
}
