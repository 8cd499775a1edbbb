import { Order } from '../../contracts/shop';
import type { ShopWrite } from './effects';
import { itemsInOrder } from './items';
import { lockMethods, lockOrder } from './lock';
import { ownMethod } from './pay';
import { readOrder } from './records';
import { refused } from './refuse';

export const returnDeliveredOrderItems: ShopWrite<'return_delivered_order_items', Order> = {
  operation: 'return_delivered_order_items',
  answer: Order,
  async decide(query, { order_id, item_ids, payment_method_id: methodId }) {
    const order = await lockOrder(query, order_id);
    if (order.status !== 'delivered') {
      throw refused('wrongStatus', `Order ${order_id} is ${order.status}; only a delivered order can be returned.`);
    }
    const method = ownMethod(await lockMethods(query, order.user_id), methodId);
    if (method.source !== 'gift_card' && methodId !== order.payment_history[0]?.payment_method_id) {
      throw refused(
        'wrongMethod',
        `A refund goes to the order's first payment method or to a gift card of the customer; ${methodId} is neither.`,
      );
    }
    itemsInOrder(order, item_ids);
    const from = {
      status: order.status,
      return_items: order.return_items ?? null,
      return_payment_method_id: order.return_payment_method_id ?? null,
    };
    const to = {
      status: 'return requested',
      return_items: item_ids.toSorted(),
      return_payment_method_id: methodId,
    };
    return {
      changes: [{ change: 'order', orderId: order_id, from, to }],
      answer: (after) => readOrder(after, order_id),
    };
  },
};
