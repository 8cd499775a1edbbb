import type { Order } from '../../contracts/shop';
import type { Query } from '../stores/database';
import { readOrder } from './records';

/** A customer's payment method as an operation needs it. Only a gift card has a balance. */
export interface HeldMethod {
  readonly id: string;
  readonly source: 'credit_card' | 'paypal' | 'gift_card';
  readonly balanceCents: number | null;
}

/**
 * Locks an order until the transaction ends, and reads it: of two operations on one order, the second sees what the
 * first left. Whoever needs payment methods too locks them after the order, so that no two wait for each other.
 */
export async function lockOrder(query: Query, orderId: string): Promise<Order> {
  await query('select 1 from orders where order_id = $1 for update', [orderId]);
  return readOrder(query, orderId);
}

/** Locks a customer's payment methods, always in the same order, and reads them. */
export async function lockMethods(query: Query, userId: string): Promise<ReadonlyMap<string, HeldMethod>> {
  const methods = await query<HeldMethod>(
    `select payment_method_id as id, source, balance_cents as "balanceCents" from payment_methods
     where user_id = $1 order by payment_method_id for update`,
    [userId],
  );
  return new Map(methods.map((method) => [method.id, method]));
}
