import { Order } from '../../contracts/shop';
import type { ShopWrite } from './effects';
import { lockMethods, lockOrder } from './lock';
import { centsOf } from './money';
import { assertCanPay, ownMethod, payBy } from './pay';
import { readOrder } from './records';
import { refused } from './refuse';

export const modifyPendingOrderPayment: ShopWrite<'modify_pending_order_payment', Order> = {
  operation: 'modify_pending_order_payment',
  answer: Order,
  async decide(query, { order_id, payment_method_id: newId }) {
    const order = await lockOrder(query, order_id);
    const { status, payment_history: history, user_id } = order;
    if (!status.startsWith('pending')) {
      throw refused('wrongStatus', `Order ${order_id} is ${status}; only a pending order's payment can be changed.`);
    }
    const methods = await lockMethods(query, user_id);
    const method = ownMethod(methods, newId);
    const [first, ...others] = history;
    if (first?.transaction_type !== 'payment' || others.length > 0) {
      throw refused(
        'wrongPaymentHistory',
        `Order ${order_id} has ${history.length} entries in its payment history; its payment can be changed once.`,
      );
    }
    const oldId = first.payment_method_id;
    if (oldId === newId) {
      throw refused('sameMethod', `Order ${order_id} is paid by ${newId} already. Choose another method.`);
    }
    const cents = centsOf(first.amount);
    assertCanPay(method, cents);
    const paid = { order, position: history.length, kind: 'payment', methodId: newId, cents } as const;
    const refund = { order, position: history.length + 1, kind: 'refund', methodId: oldId, cents } as const;
    return {
      changes: [...payBy(method, paid), ...payBy(methods.get(oldId), refund)],
      answer: (after) => readOrder(after, order_id),
    };
  },
};
