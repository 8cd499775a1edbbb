import { Order, type Payment } from '../../contracts/shop';
import type { ShopChange } from './changes';
import type { ShopWrite } from './effects';
import { lockMethods, lockOrder } from './lock';
import { centsOf } from './money';
import { payBy } from './pay';
import { readOrder } from './records';
import { refused } from './refuse';

const reasons = ['no longer needed', 'ordered by mistake'];

export const cancelPendingOrder: ShopWrite<'cancel_pending_order', Order> = {
  operation: 'cancel_pending_order',
  answer: Order,
  async decide(query, { order_id, reason }) {
    const order = await lockOrder(query, order_id);
    if (order.status !== 'pending') {
      throw refused('wrongStatus', `Order ${order_id} is ${order.status}; only a pending order can be cancelled.`);
    }
    if (!reasons.includes(reason)) {
      throw refused(
        'wrongReason',
        `The reason must be one of: ${reasons.join(', ')}. It is ${JSON.stringify(reason)}.`,
      );
    }
    const methods = await lockMethods(query, order.user_id);
    const refunds = unrefunded(order.payment_history).flatMap(({ methodId, cents }, index): ShopChange[] => {
      const position = order.payment_history.length + index;
      return payBy(methods.get(methodId), { order, position, kind: 'refund', methodId, cents });
    });
    const from = { status: order.status, cancel_reason: order.cancel_reason ?? null };
    const to = { status: 'cancelled', cancel_reason: reason };
    return {
      changes: [{ change: 'order', orderId: order_id, from, to }, ...refunds],
      answer: (after) => readOrder(after, order_id),
    };
  },
};

/** What is still to be refunded of each payment: a method that was replaced has its money back already. */
export function unrefunded(history: readonly Payment[]): { readonly methodId: string; readonly cents: number }[] {
  const refunded = new Map<string, number>();
  for (const { transaction_type, amount, payment_method_id } of history) {
    if (transaction_type === 'refund') {
      refunded.set(payment_method_id, (refunded.get(payment_method_id) ?? 0) + centsOf(amount));
    }
  }
  return history.flatMap(({ transaction_type, amount, payment_method_id: methodId }) => {
    if (transaction_type !== 'payment') return [];
    const settled = Math.min(refunded.get(methodId) ?? 0, centsOf(amount));
    refunded.set(methodId, (refunded.get(methodId) ?? 0) - settled);
    const cents = centsOf(amount) - settled;
    return cents === 0 && settled > 0 ? [] : [{ methodId, cents }];
  });
}
