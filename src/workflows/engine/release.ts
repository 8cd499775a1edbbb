import { condition, getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import { addUsage, type Usage } from '../../contracts/usage';
import { childHoldsSignal, releasePivotsSignal } from '../messages';
import { oneCall } from './call';
import type { Execution } from './execution';
import { surrender } from './leases';
import { childId } from './process-step';

/**
 * Lets the held effects of a quiet pass happen, those of its children included. A child asks its parent first when one
 * of them is a pivot, since the parent's other branches could still fail.
 */
export async function release(execution: Execution): Promise<void> {
  const { pass, holdingChildren, childOf } = execution;
  const hasPivot = holdingChildren.size > 0 || pass.held.some(({ isPivot }) => isPivot);
  if (childOf !== undefined && hasPivot) await askParent(execution, childOf);
  // A rejection may have come in the meantime.
  if (execution.pass !== pass || execution.stopped !== undefined) return;
  pass.release();
  for (const [step, workflowId] of [...holdingChildren]) {
    holdingChildren.delete(step);
    void getExternalWorkflowHandle(workflowId)
      .signal(releasePivotsSignal)
      .catch(() => undefined); // the child has ended: it needs no leave
  }
}

async function askParent(execution: Execution, childOf: string): Promise<void> {
  const { parent } = workflowInfo();
  if (parent === undefined) throw new Error('Expected a child run to have a parent.');
  const { pass } = execution;
  execution.mayPivot = false;
  await getExternalWorkflowHandle(parent.workflowId, parent.runId)
    .signal(childHoldsSignal, childOf, surrender(execution))
    .catch(() => undefined); // a parent that has ended cancels this run
  await condition(() => execution.mayPivot || execution.pass !== pass);
}

/** Notes that a child's pivots wait until this run is quiet. */
export function noteHoldingChild(execution: Execution, step: string, held: Usage | null = null): void {
  if (!execution.inFlight.has(step)) return;
  execution.holdingChildren.set(step, childId(execution, step));
  const child = execution.leasedChildren.get(step);
  if (child !== undefined && held !== null) child.reservation.usage = addUsage(oneCall, held);
}
