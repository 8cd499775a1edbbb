import { workflowInfo } from '@temporalio/workflow';
import { EffectLedger } from '../../src/workflows/engine/effect-ledger';

/** A customer who moves: their address, and that of an order which has not been sent yet. */
export interface Move {
  readonly customer: string;
  readonly order: string;
  readonly address: Readonly<Record<'address1' | 'address2' | 'city' | 'state' | 'country' | 'zip', string>>;
}

/** Both addresses change, or neither: a Temporal workflow written by hand, with the engine's effects and undoing. */
export async function moveCustomer({ customer, order, address }: Move): Promise<'moved' | 'unchanged'> {
  const effects = new EffectLedger(workflowInfo().firstExecutionRunId);
  const change = (step: string, tool: string, input: object) =>
    effects.perform({ step, tool, effect: 'compensatable', input });
  try {
    await change('customer', 'modifyUserAddress', { user_id: customer, ...address });
    await change('order', 'modifyPendingOrderAddress', { order_id: order, ...address });
    return 'moved';
  } catch (error) {
    const standing = await effects.undo();
    if (standing.length > 0) throw error; // a person must look: the failed workflow names the reason
    return 'unchanged';
  }
}
