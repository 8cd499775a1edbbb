import { Order } from '../../contracts/shop';
import type { ShopWrite } from './effects';
import { differenceCents, replacementsIn } from './items';
import { lockMethods, lockOrder } from './lock';
import { centsOf } from './money';
import { assertCanPay, ownMethod } from './pay';
import { readOrder } from './records';
import { refused } from './refuse';

export const exchangeDeliveredOrderItems: ShopWrite<'exchange_delivered_order_items', Order> = {
  operation: 'exchange_delivered_order_items',
  answer: Order,
  async decide(query, { order_id, item_ids, new_item_ids, payment_method_id: methodId }) {
    const order = await lockOrder(query, order_id);
    if (order.status !== 'delivered') {
      throw refused('wrongStatus', `Order ${order_id} is ${order.status}; only a delivered order can be exchanged.`);
    }
    const difference = differenceCents(await replacementsIn(query, order, { item_ids, new_item_ids }));
    assertCanPay(ownMethod(await lockMethods(query, order.user_id), methodId), difference);
    const before = order.exchange_price_difference;
    const from = {
      status: order.status,
      exchange_items: order.exchange_items ?? null,
      exchange_new_items: order.exchange_new_items ?? null,
      exchange_payment_method_id: order.exchange_payment_method_id ?? null,
      exchange_price_difference_cents: before === undefined ? null : centsOf(before),
    };
    const to = {
      status: 'exchange requested',
      exchange_items: item_ids.toSorted(),
      exchange_new_items: new_item_ids.toSorted(),
      exchange_payment_method_id: methodId,
      exchange_price_difference_cents: difference,
    };
    return {
      changes: [{ change: 'order', orderId: order_id, from, to }],
      answer: (after) => readOrder(after, order_id),
    };
  },
};
