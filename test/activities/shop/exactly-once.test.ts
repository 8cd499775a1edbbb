import type { ShopOperation } from '../../../src/contracts/shop-operations';
import { cornerShop } from '../../support/corner-shop';
import { describeOnEachDatabase, failureOf } from '../../support/shop-world';

const place = { address1: '2 Quay', address2: 'Loft', city: 'Bath', state: 'ME', country: 'USA', zip: '04530' };
const cancel = { order_id: '#pending', reason: 'no longer needed' };

/** One of every operation that changes the shop, each on the shop as it was loaded. */
const writes: readonly (readonly [ShopOperation, object])[] = [
  ['cancel_pending_order', { order_id: '#gift', reason: 'ordered by mistake' }],
  ['modify_pending_order_address', { order_id: '#pending', ...place }],
  ['modify_pending_order_payment', { order_id: '#gift', payment_method_id: 'ann-card' }],
  [
    'modify_pending_order_items',
    {
      ...{ order_id: '#pending', payment_method_id: 'ann-gift' },
      ...{ item_ids: ['brass', 'brass'], new_item_ids: ['steel', 'copper'] },
    },
  ],
  ['return_delivered_order_items', { order_id: '#delivered', item_ids: ['red'], payment_method_id: 'ann-gift' }],
  [
    'exchange_delivered_order_items',
    { order_id: '#delivered', item_ids: ['red'], new_item_ids: ['blue'], payment_method_id: 'ann-gift' },
  ],
  ['modify_user_address', { user_id: 'ann', ...place }],
];

describeOnEachDatabase('an effect', (world) => {
  beforeEach(() => world().data.load(JSON.stringify(cornerShop)));

  it.each(writes)(
    'of %s happens once per key, is found by its key, and is undone byte for byte',
    async (operation, given) => {
      const initial = await world().data.dump();
      expect(await world().lookUp(operation, 'k')).toBeUndefined();
      const answer = await world().perform(operation, given, 'k');
      const done = await world().data.dump();
      expect(done).not.toBe(initial);
      expect(await world().perform(operation, given, 'k')).toEqual(answer);
      expect(await world().lookUp(operation, 'k')).toEqual(answer);
      expect(await world().data.dump()).toBe(done);
      await world().undo(operation, 'k');
      await world().undo(operation, 'k');
      expect(await world().data.dump()).toBe(initial);
      expect(await world().lookUp(operation, 'k')).toBeUndefined();
    },
  );

  it.each(writes)('of %s may be undone though it never happened, and a late attempt is refused', async (...write) => {
    const [operation, given] = write;
    const initial = await world().data.dump();
    await world().undo(operation, 'k');
    expect(await failureOf(world().perform(operation, given, 'k'))).toBe('EffectUndone');
    await world().undo(operation, 'k');
    expect(await world().data.dump()).toBe(initial);
    expect(await world().lookUp(operation, 'k')).toBeUndefined();
  });

  it.each(writes)('of %s that was undone is never done again under its key, but under another', async (...write) => {
    const [operation, given] = write;
    const initial = await world().data.dump();
    const answer = await world().perform(operation, given, 'k');
    await world().undo(operation, 'k');
    expect(await failureOf(world().perform(operation, given, 'k'))).toBe('EffectUndone');
    expect(await world().data.dump()).toBe(initial);
    expect(await world().perform(operation, given, 'another')).toEqual(answer);
    expect(await world().lookUp(operation, 'another')).toEqual(answer);
  });

  it('is gone in the end, whichever of ten attempts and its undo comes first', async () => {
    const initial = await world().data.dump();
    for (let round = 0; round < 5; round += 1) {
      const key = `round ${round}`;
      const attempt = () => failureOf(world().perform('cancel_pending_order', cancel, key));
      const before = [1, 2, 3, 4, 5].map(attempt);
      const undo = world().undo('cancel_pending_order', key);
      const results = await Promise.all([...before, ...[1, 2, 3, 4, 5].map(attempt), undo]);
      for (const result of results.slice(0, -1)) expect(result).toMatch(/^(no failure|EffectUndone)$/);
      expect(await attempt()).toBe('EffectUndone');
      expect(await world().data.dump()).toBe(initial);
    }
  });

  it('that was blocked from being undone keeps its key, and is undone later', async () => {
    await world().perform('modify_user_address', { user_id: 'ann', ...place }, 'a');
    await world().perform('modify_user_address', { user_id: 'ann', ...place, city: 'Kent' }, 'b');
    expect(await failureOf(world().undo('modify_user_address', 'a'))).toBe('CompensationBlocked');
    expect(await world().lookUp('modify_user_address', 'a')).toBeDefined();
    await world().undo('modify_user_address', 'b');
    await world().undo('modify_user_address', 'a');
    expect(JSON.parse(await world().data.dump())).toEqual(cornerShop);
  });

  it.each(writes)('of %s happens once when the same key comes five times at once', async (operation, given) => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => world().perform(operation, given, 'k')));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await world().undo(operation, 'k');
    await world().perform(operation, given, 'other');
    expect(await world().lookUp(operation, 'other')).toEqual(answers[0]);
  });

  it('does not take one operation’s key for another', async () => {
    await world().perform('cancel_pending_order', cancel, 'k');
    const before = await world().data.dump();
    const call = world().perform('modify_user_address', { user_id: 'ann', ...place }, 'k');
    expect(await failureOf(call)).toBe('InvalidInput');
    expect(await failureOf(world().undo('modify_user_address', 'k'))).toBe('InvalidInput');
    expect(await failureOf(world().lookUp('modify_user_address', 'k'))).toBe('InvalidInput');
    expect(await world().data.dump()).toBe(before);
  });

  it('gives the first answer again though the order has changed since', async () => {
    const first = await world().perform('modify_pending_order_address', { order_id: '#pending', ...place }, 'k');
    await world().perform('cancel_pending_order', cancel);
    expect(await world().perform('modify_pending_order_address', { order_id: '#pending', ...place }, 'k')).toEqual(
      first,
    );
  });

  it('of two cancellations of one order at once happens once, and the other is refused', async () => {
    const results = await Promise.all(
      ['a', 'b', 'c', 'd'].map((key) => failureOf(world().perform('cancel_pending_order', cancel, key))),
    );
    expect(results.filter((result) => result === 'no failure')).toHaveLength(1);
    expect(results.filter((result) => result === 'OperationRefused: wrongStatus')).toHaveLength(3);
    expect((await world().order('#pending')).payment_history).toHaveLength(2);
  });

  it('of two payments at once by one gift card that holds enough for one happens once', async () => {
    const shop = structuredClone(cornerShop);
    shop.users['ann']!.orders.push('#second');
    shop.orders['#second'] = { ...shop.orders['#pending']!, order_id: '#second' };
    await world().data.load(JSON.stringify(shop));
    const results = await Promise.all(
      ['#pending', '#second'].map((order_id) =>
        failureOf(world().perform('modify_pending_order_payment', { order_id, payment_method_id: 'ann-gift' })),
      ),
    );
    expect(results.sort()).toEqual(['OperationRefused: giftCardCannotPay', 'no failure']);
    expect((await world().customer('ann')).payment_methods['ann-gift']).toMatchObject({ balance: 4.75 });
  });
});

describeOnEachDatabase('an undo', (world) => {
  beforeEach(() => world().data.load(JSON.stringify(cornerShop)));

  it('is blocked, and changes nothing, while something stands that builds on it', async () => {
    await world().perform('modify_pending_order_payment', { order_id: '#pending', payment_method_id: 'ann-gift' }, 'a');
    await world().perform('cancel_pending_order', cancel, 'b');
    const before = await world().data.dump();
    expect(await failureOf(world().undo('modify_pending_order_payment', 'a'))).toBe('CompensationBlocked');
    expect(await world().data.dump()).toBe(before);
    await world().undo('cancel_pending_order', 'b');
    await world().undo('modify_pending_order_payment', 'a');
    expect(JSON.parse(await world().data.dump())).toEqual(cornerShop);
  });

  it('is blocked when a gift card has spent what it was refunded', async () => {
    const given = { order_id: '#gift', payment_method_id: 'ann-card' };
    await world().perform('modify_pending_order_payment', given, 'refunded');
    await world().database.query(`update payment_methods set balance_cents = 4 where payment_method_id = 'ann-gift'`);
    const before = await world().data.dump();
    expect(await failureOf(world().undo('modify_pending_order_payment', 'refunded'))).toBe('CompensationBlocked');
    expect(await world().data.dump()).toBe(before);
    expect(await world().lookUp('modify_pending_order_payment', 'refunded')).toBeDefined();
  });

  it('is blocked when the field was changed again', async () => {
    await world().perform('modify_user_address', { user_id: 'ann', ...place }, 'a');
    await world().perform('modify_user_address', { user_id: 'ann', ...place, city: 'Kent' }, 'b');
    expect(await failureOf(world().undo('modify_user_address', 'a'))).toBe('CompensationBlocked');
    expect((await world().customer('ann')).address.city).toBe('Kent');
  });

  it('leaves alone what others did to the same order and gift card in between', async () => {
    await world().perform('modify_pending_order_address', { order_id: '#gift', ...place }, 'a');
    await world().perform('modify_pending_order_payment', { order_id: '#pending', payment_method_id: 'ann-gift' }, 'b');
    await world().perform('cancel_pending_order', { order_id: '#gift', reason: 'no longer needed' }, 'c');
    await world().undo('modify_pending_order_address', 'a');
    await world().undo('modify_pending_order_payment', 'b');
    const { address, status } = await world().order('#gift');
    expect({ address, status }).toEqual({ address: cornerShop.orders['#gift']?.address, status: 'cancelled' });
    expect((await world().customer('ann')).payment_methods['ann-gift']).toMatchObject({ balance: 35.05 });
  });
});
