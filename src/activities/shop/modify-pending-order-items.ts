import { Order } from '../../contracts/shop';
import type { ShopChange } from './changes';
import type { ShopWrite } from './effects';
import { differenceCents, replacementsIn } from './items';
import { lockMethods, lockOrder } from './lock';
import { centsOf } from './money';
import { assertCanPay, ownMethod, payBy } from './pay';
import { readOrder } from './records';
import { refused } from './refuse';

export const modifyPendingOrderItems: ShopWrite<'modify_pending_order_items', Order> = {
  operation: 'modify_pending_order_items',
  answer: Order,
  async decide(query, { order_id, payment_method_id: methodId, ...wanted }) {
    const order = await lockOrder(query, order_id);
    if (order.status !== 'pending') {
      throw refused(
        'wrongStatus',
        `Order ${order_id} is ${order.status}; only a pending order's items can be changed.`,
      );
    }
    const replacements = await replacementsIn(query, order, wanted);
    const difference = differenceCents(replacements);
    const method = ownMethod(await lockMethods(query, order.user_id), methodId);
    assertCanPay(method, difference);
    const items = replacements.map(({ position, item, variant }): ShopChange => {
      const from = { itemId: item.item_id, priceCents: centsOf(item.price), options: item.options };
      const to = { itemId: variant.item_id, priceCents: centsOf(variant.price), options: variant.options };
      return { change: 'item', orderId: order_id, position, from, to };
    });
    const settled = payBy(method, {
      ...{ order, position: order.payment_history.length, methodId },
      ...{ kind: difference > 0 ? 'payment' : 'refund', cents: Math.abs(difference) },
    });
    const [from, to] = [{ status: order.status }, { status: 'pending (item modified)' }];
    return {
      changes: [...items, ...settled, { change: 'order', orderId: order_id, from, to }],
      answer: (after) => readOrder(after, order_id),
    };
  },
};
