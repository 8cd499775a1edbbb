import { Customer } from '../../contracts/shop';
import type { ShopWrite } from './effects';
import { readCustomer } from './records';

export const modifyUserAddress: ShopWrite<'modify_user_address', Customer> = {
  operation: 'modify_user_address',
  answer: Customer,
  async decide(query, { user_id, ...to }) {
    await query('select 1 from customers where user_id = $1 for no key update', [user_id]);
    const { address: from } = await readCustomer(query, user_id);
    return {
      changes: [{ change: 'customerAddress', userId: user_id, from, to }],
      answer: (after) => readCustomer(after, user_id),
    };
  },
};
