import type { ShopOperation } from '../../../src/contracts/shop-operations';
import { shopOperations } from '../../../src/contracts/shop-operations';
import { tools } from '../../../src/activities/tools';
import { cornerShop } from '../../support/corner-shop';
import { describeOnEachDatabase, parsed, type ShopWorld } from '../../support/shop-world';

const place = { address1: '2 Quay', address2: 'Loft', city: 'Bath', state: 'ME', country: 'USA', zip: '04530' };
const payment = (amount: number, payment_method_id: string) => ({
  ...{ transaction_type: 'payment', amount, payment_method_id },
});
const refund = (amount: number, payment_method_id: string) => ({
  ...{ transaction_type: 'refund', amount, payment_method_id },
});
const itemOf = (item_id: string) => {
  const product = Object.values(cornerShop.products).find(({ variants }) => item_id in variants)!;
  const { price, options } = product.variants[item_id]!;
  return { name: product.name, product_id: product.product_id, item_id, price, options };
};

describeOnEachDatabase('an operation', (world) => {
  beforeEach(() => world().data.load(JSON.stringify(cornerShop)));

  /** Does an operation on an order, and expects the order to change as said, and nothing else but gift cards. */
  async function changes(
    operation: ShopOperation,
    given: { readonly order_id: string; readonly [field: string]: unknown },
    ...[expected, balances = {}]: readonly [object, Readonly<Record<string, number>>?]
  ) {
    const shop = structuredClone(cornerShop);
    const order = { ...shop.orders[given.order_id]!, ...expected };
    shop.orders[given.order_id] = order;
    for (const [id, balance] of Object.entries(balances)) {
      shop.users['ann']!.payment_methods[id] = { source: 'gift_card', id, balance };
    }
    expect(await world().perform(operation, given)).toEqual(order);
    expect(parsed(await world().data.dump())).toEqual(shop);
  }

  it('finds a customer by e-mail address, and by name and postal code, ignoring case', async () => {
    expect(await world().perform('find_user_id_by_email', { email: 'ANN.ohara@example.ORG' })).toBe('ann');
    const byName = { first_name: 'aNN', last_name: 'O’HARA', zip: '12210' };
    expect(await world().perform('find_user_id_by_name_zip', byName)).toBe('ann');
  });

  it('reads whole records', async () => {
    expect(await world().perform('get_user_details', { user_id: 'ann' })).toEqual(cornerShop.users['ann']);
    expect(await world().perform('get_order_details', { order_id: '#gift' })).toEqual(cornerShop.orders['#gift']);
    expect(await world().perform('get_product_details', { product_id: 'lamp' })).toEqual(cornerShop.products['lamp']);
    expect(await world().perform('get_item_details', { item_id: 'blue' })).toEqual(
      cornerShop.products['mug']?.variants['blue'],
    );
    expect(await world().perform('list_all_product_types', {})).toEqual({ Lamp: 'lamp', Mug: 'mug' });
  });

  it.each(['no longer needed', 'ordered by mistake'])('cancels a pending order: %s', (reason) =>
    changes(
      'cancel_pending_order',
      { order_id: '#pending', reason },
      {
        status: 'cancelled',
        cancel_reason: reason,
        payment_history: [payment(25.25, 'ann-card'), refund(25.25, 'ann-card')],
      },
    ),
  );

  it('gives a gift card its money back at once when an order is cancelled', () =>
    changes(
      'cancel_pending_order',
      { order_id: '#gift', reason: 'no longer needed' },
      {
        status: 'cancelled',
        cancel_reason: 'no longer needed',
        payment_history: [payment(5.05, 'ann-gift'), refund(5.05, 'ann-gift')],
      },
      { 'ann-gift': 35.05 },
    ));

  it('refunds an order whose payment was changed once, to the method that holds the money', async () => {
    await world().perform('modify_pending_order_payment', { order_id: '#pending', payment_method_id: 'ann-gift' });
    expect((await world().customer('ann')).payment_methods['ann-gift']).toMatchObject({ balance: 4.75 });
    await changes(
      'cancel_pending_order',
      { order_id: '#pending', reason: 'no longer needed' },
      {
        status: 'cancelled',
        cancel_reason: 'no longer needed',
        payment_history: [
          ...[payment(25.25, 'ann-card'), payment(25.25, 'ann-gift'), refund(25.25, 'ann-card')],
          refund(25.25, 'ann-gift'),
        ],
      },
      { 'ann-gift': 30 },
    );
  });

  it('changes the shipping address of a pending order', () =>
    changes('modify_pending_order_address', { order_id: '#pending', ...place }, { address: place }));

  it('changes the shipping address even when the items were changed', async () => {
    await world().perform('modify_pending_order_items', {
      ...{ order_id: '#pending', item_ids: ['brass'], new_item_ids: ['tin'], payment_method_id: 'ann-card' },
    });
    const order = await world().perform('modify_pending_order_address', { order_id: '#pending', ...place });
    expect(order).toMatchObject({ status: 'pending (item modified)', address: place });
  });

  it('moves a payment from a gift card to another method', () =>
    changes(
      'modify_pending_order_payment',
      { order_id: '#gift', payment_method_id: 'ann-paypal' },
      { payment_history: [payment(5.05, 'ann-gift'), payment(5.05, 'ann-paypal'), refund(5.05, 'ann-gift')] },
      { 'ann-gift': 35.05 },
    ));

  it('pays by a gift card down to its last cent', async () => {
    const { ann, bob } = structuredClone(cornerShop.users);
    ann!.payment_methods['ann-gift'] = { source: 'gift_card', id: 'ann-gift', balance: 25.25 };
    await world().data.load(JSON.stringify({ ...cornerShop, users: { ann, bob } }));
    await world().perform('modify_pending_order_payment', { order_id: '#pending', payment_method_id: 'ann-gift' });
    expect((await world().customer('ann')).payment_methods['ann-gift']).toMatchObject({ balance: 0 });
  });

  it('changes items of a pending order and charges the difference, exact to the cent', () =>
    changes(
      'modify_pending_order_items',
      {
        ...{ order_id: '#pending', payment_method_id: 'ann-gift' },
        ...{ item_ids: ['red', 'brass', 'brass'], new_item_ids: ['blue', 'steel', 'copper'] },
      },
      {
        status: 'pending (item modified)',
        items: [itemOf('steel'), itemOf('blue'), itemOf('copper')],
        payment_history: [payment(25.25, 'ann-card'), payment(3.3, 'ann-gift')],
      },
      { 'ann-gift': 26.7 },
    ));

  it('refunds the difference when the new items cost less, and takes each item once', () =>
    changes(
      'modify_pending_order_items',
      {
        ...{ order_id: '#pending', payment_method_id: 'ann-coin' },
        ...{ item_ids: ['brass', 'brass'], new_item_ids: ['tin', 'copper'] },
      },
      {
        status: 'pending (item modified)',
        items: [itemOf('tin'), itemOf('red'), itemOf('copper')],
        payment_history: [payment(25.25, 'ann-card'), refund(1.1, 'ann-coin')],
      },
      { 'ann-coin': 1.15 },
    ));

  it('notes a refund of nothing when the new item costs the same', () =>
    changes(
      'modify_pending_order_items',
      {
        ...{ order_id: '#pending', payment_method_id: 'ann-coin' },
        ...{ item_ids: ['brass'], new_item_ids: ['copper'] },
      },
      {
        status: 'pending (item modified)',
        items: [itemOf('copper'), itemOf('red'), itemOf('brass')],
        payment_history: [payment(25.25, 'ann-card'), refund(0, 'ann-coin')],
      },
    ));

  it.each(['ann-card', 'ann-gift'])('takes a return, with the items sorted, to be refunded to %s', (method) =>
    changes(
      'return_delivered_order_items',
      { order_id: '#delivered', item_ids: ['red', 'brass', 'brass'], payment_method_id: method },
      {
        status: 'return requested',
        return_items: ['brass', 'brass', 'red'],
        return_payment_method_id: method,
      },
    ),
  );

  it('takes an exchange, with both lists sorted, and moves no money yet', () =>
    changes(
      'exchange_delivered_order_items',
      {
        ...{ order_id: '#delivered', payment_method_id: 'ann-paypal' },
        ...{ item_ids: ['red', 'brass'], new_item_ids: ['blue', 'tin'] },
      },
      {
        status: 'exchange requested',
        exchange_items: ['brass', 'red'],
        exchange_new_items: ['blue', 'tin'],
        exchange_payment_method_id: 'ann-paypal',
        exchange_price_difference: -0.05,
      },
    ));

  it('changes the default address of a customer and of no order', async () => {
    const shop = structuredClone(cornerShop);
    shop.users['bob']!.address = place;
    expect(await world().perform('modify_user_address', { user_id: 'bob', ...place })).toEqual(shop.users['bob']);
    expect(parsed(await world().data.dump())).toEqual(shop);
  });

  it('hands a case to a person once per key, whatever becomes of the shop', async () => {
    const given = { summary: 'Robert\'); drop table orders;-- wants "more"' };
    const first = await world().perform('transfer_to_human_agents', given, 'hand-off');
    expect(await world().perform('transfer_to_human_agents', given, 'hand-off')).toEqual(first);
    expect(await handOffs(world())).toEqual([given.summary]);
  });
});

async function handOffs({ database }: ShopWorld): Promise<string[]> {
  return (await database.query<{ summary: string }>('select summary from hand_offs')).map(({ summary }) => summary);
}

describe('the operations', () => {
  it.each(Object.entries(shopOperations))('%s has a tool that takes the arguments of the table', (_name, operation) => {
    expect(tools[operation.tool].input).toBe(operation.arguments);
  });

  it('that only read change nothing, and those that write can be undone or outlive a rollback', () => {
    const effects = Object.entries(shopOperations).map(([name, { tool }]) => [name, tools[tool].effect] as const);
    const isRead = (name: string) => /^(find|get|list|calculate)/.test(name);
    for (const [name, effect] of effects) {
      if (isRead(name)) expect([name, effect]).toEqual([name, 'none']);
      else expect([name, effect]).toEqual([name, name === 'transfer_to_human_agents' ? 'retriable' : 'compensatable']);
    }
  });
});
