import { verifyOutcome } from '../../../../src/activities/models/service/verify-outcome';
import type { CaseRecords } from '../../../../src/contracts/case-decision';
import type { ShopOperationCall } from '../../../../src/contracts/shop-operation-call';
import { cornerShop } from '../../../support/corner-shop';
import { describeOnEachDatabase } from '../../../support/shop-world';
import { annsRecords } from './basis';

const place = { address1: '2 Elm Road', address2: '', city: 'Troy', state: 'NY', country: 'USA', zip: '12180' };
const swap = (order_id: string, to: string, payment_method_id = 'ann-card') => ({
  ...{ order_id, item_ids: ['brass', 'brass'], new_item_ids: [to, 'tin'], payment_method_id },
});
const cases: [string, ShopOperationCall[]][] = [
  [
    'a cancellation',
    [{ name: 'cancel_pending_order', arguments: { order_id: '#pending', reason: 'no longer needed' } }],
  ],
  [
    'one paid by gift card',
    [{ name: 'cancel_pending_order', arguments: { order_id: '#gift', reason: 'ordered by mistake' } }],
  ],
  ['dearer items', [{ name: 'modify_pending_order_items', arguments: swap('#pending', 'gold') }]],
  ['cheaper items', [{ name: 'modify_pending_order_items', arguments: swap('#pending', 'copper', 'ann-gift') }]],
  [
    'a return',
    [
      {
        name: 'return_delivered_order_items',
        arguments: { order_id: '#delivered', item_ids: ['red', 'brass'], payment_method_id: 'ann-gift' },
      },
    ],
  ],
  ['an exchange', [{ name: 'exchange_delivered_order_items', arguments: swap('#delivered', 'steel') }]],
  [
    'all that a pending order bears',
    [
      { name: 'modify_user_address', arguments: { user_id: 'ann', ...place } },
      { name: 'modify_pending_order_address', arguments: { order_id: '#pending', ...place } },
      { name: 'modify_pending_order_payment', arguments: { order_id: '#pending', payment_method_id: 'ann-gift' } },
      { name: 'modify_pending_order_items', arguments: swap('#pending', 'steel') },
    ],
  ],
];

describeOnEachDatabase('the verifier of outcomes', (world) => {
  beforeEach(() => world().data.load(JSON.stringify(cornerShop)));

  const records = async (): Promise<CaseRecords> => ({
    customer: await world().customer('ann'),
    orders: await Promise.all(annsRecords.orders.map(({ order_id }) => world().order(order_id))),
    products: annsRecords.products,
  });

  it.each(cases)('finds nothing after %s, and finds what is missing when it was not done', async (_what, actions) => {
    const before = await records();
    expect(verifyOutcome(actions, before, before)).not.toEqual([]);
    for (const { name, arguments: given } of actions) await world().perform(name, given);
    expect(verifyOutcome(actions, before, await records())).toEqual([]);
  });

  it.each(cases)('finds what was done beside %s', async (_what, actions) => {
    const before = await records();
    for (const { name, arguments: given } of actions) await world().perform(name, given);
    const after = await records();
    const moved = { ...after, customer: { ...after.customer, address: { ...place, city: 'Kent' } } };
    expect(verifyOutcome(actions, before, moved)).toHaveLength(1);
    const orders = after.orders.map((order) => ({
      ...order,
      payment_history: [...order.payment_history, ...order.payment_history],
    }));
    expect(verifyOutcome(actions, before, { ...after, orders })).toHaveLength(1);
  });
});
