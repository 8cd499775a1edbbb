import { Order } from '../../contracts/shop';
import type { ShopWrite } from './effects';
import { lockOrder } from './lock';
import { readOrder } from './records';
import { refused } from './refuse';

export const modifyPendingOrderAddress: ShopWrite<'modify_pending_order_address', Order> = {
  operation: 'modify_pending_order_address',
  answer: Order,
  async decide(query, { order_id, ...to }) {
    const { status, address: from } = await lockOrder(query, order_id);
    if (!status.startsWith('pending')) {
      throw refused('wrongStatus', `Order ${order_id} is ${status}; only a pending order's address can be changed.`);
    }
    return {
      changes: [{ change: 'order', orderId: order_id, from, to }],
      answer: (after) => readOrder(after, order_id),
    };
  },
};
