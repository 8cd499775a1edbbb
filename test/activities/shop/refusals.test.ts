import type { ShopOperation } from '../../../src/contracts/shop-operations';
import { cornerShop } from '../../support/corner-shop';
import { describeOnEachDatabase, failureOf } from '../../support/shop-world';

const place = { address1: '2 Quay', address2: '', city: 'Bath', state: 'ME', country: 'USA', zip: '04530' };
const items = { order_id: '#pending', item_ids: ['brass'], new_item_ids: ['steel'], payment_method_id: 'ann-card' };
const exchange = { ...items, order_id: '#delivered' };
const giveBack = { order_id: '#delivered', item_ids: ['brass'], payment_method_id: 'ann-card' };

/** Every refusal of the table of operations: what is asked, and why it is refused. */
const refusals: readonly (readonly [ShopOperation, object, string])[] = [
  ['find_user_id_by_email', { email: 'nobody@example.org' }, 'notFound'],
  ['find_user_id_by_name_zip', { first_name: 'Ann', last_name: 'O’Hara', zip: '99999' }, 'notFound'],
  ['find_user_id_by_name_zip', { first_name: 'Bob', last_name: 'O’Hara', zip: '12210' }, 'notFound'],
  ['get_user_details', { user_id: 'Ann' }, 'notFound'],
  ['get_order_details', { order_id: 'pending' }, 'notFound'],
  ['get_product_details', { product_id: 'brass' }, 'notFound'],
  ['get_item_details', { item_id: 'lamp' }, 'notFound'],
  ['calculate', { expression: '1 + x' }, 'notArithmetic'],
  ['calculate', { expression: '2 ** 3' }, 'notArithmetic'],
  ['calculate', { expression: '1 / (2 - 2)' }, 'notArithmetic'],
  ['cancel_pending_order', { order_id: '#none', reason: 'no longer needed' }, 'notFound'],
  ['cancel_pending_order', { order_id: '#processed', reason: 'no longer needed' }, 'wrongStatus'],
  ['cancel_pending_order', { order_id: '#cancelled', reason: 'no longer needed' }, 'wrongStatus'],
  ['cancel_pending_order', { order_id: '#pending', reason: 'too dear' }, 'wrongReason'],
  ['cancel_pending_order', { order_id: '#pending', reason: 'No longer needed' }, 'wrongReason'],
  ['modify_pending_order_address', { order_id: '#none', ...place }, 'notFound'],
  ['modify_pending_order_address', { order_id: '#delivered', ...place }, 'wrongStatus'],
  ['modify_pending_order_payment', { order_id: '#delivered', payment_method_id: 'ann-paypal' }, 'wrongStatus'],
  ['modify_pending_order_payment', { order_id: '#pending', payment_method_id: 'ann-card' }, 'sameMethod'],
  ['modify_pending_order_payment', { order_id: '#pending', payment_method_id: 'ann-coin' }, 'giftCardCannotPay'],
  ['modify_pending_order_payment', { order_id: '#pending', payment_method_id: 'bob-card' }, 'wrongMethod'],
  ['modify_pending_order_items', { ...items, order_id: '#processed' }, 'wrongStatus'],
  ['modify_pending_order_items', { ...items, item_ids: ['steel'], new_item_ids: ['tin'] }, 'itemNotInOrder'],
  [
    'modify_pending_order_items',
    { ...items, item_ids: ['brass', 'brass', 'brass'], new_item_ids: ['tin', 'tin', 'tin'] },
    'itemNotInOrder',
  ],
  ['modify_pending_order_items', { ...items, new_item_ids: ['steel', 'tin'] }, 'listsDiffer'],
  ['modify_pending_order_items', { ...items, new_item_ids: ['brass'] }, 'sameItem'],
  ['modify_pending_order_items', { ...items, new_item_ids: ['blue'] }, 'wrongVariant'],
  ['modify_pending_order_items', { ...items, new_item_ids: ['none'] }, 'wrongVariant'],
  ['modify_pending_order_items', { ...items, new_item_ids: ['sold'] }, 'wrongVariant'],
  ['modify_pending_order_items', { ...items, payment_method_id: 'bob-card' }, 'wrongMethod'],
  ['modify_pending_order_items', { ...items, payment_method_id: 'ann-coin' }, 'giftCardCannotPay'],
  [
    'modify_pending_order_items',
    { ...items, new_item_ids: ['gold'], payment_method_id: 'ann-gift' },
    'giftCardCannotPay',
  ],
  ['return_delivered_order_items', { ...giveBack, order_id: '#pending' }, 'wrongStatus'],
  ['return_delivered_order_items', { ...giveBack, payment_method_id: 'ann-paypal' }, 'wrongMethod'],
  ['return_delivered_order_items', { ...giveBack, payment_method_id: 'bob-card' }, 'wrongMethod'],
  ['return_delivered_order_items', { ...giveBack, item_ids: ['steel'] }, 'itemNotInOrder'],
  ['return_delivered_order_items', { ...giveBack, item_ids: ['red', 'red'] }, 'itemNotInOrder'],
  ['exchange_delivered_order_items', { ...exchange, order_id: '#pending' }, 'wrongStatus'],
  [
    'exchange_delivered_order_items',
    { ...exchange, item_ids: ['red', 'red'], new_item_ids: ['blue', 'blue'] },
    'itemNotInOrder',
  ],
  ['exchange_delivered_order_items', { ...exchange, new_item_ids: [...exchange.new_item_ids, 'tin'] }, 'listsDiffer'],
  ['exchange_delivered_order_items', { ...exchange, new_item_ids: ['brass'] }, 'sameItem'],
  ['exchange_delivered_order_items', { ...exchange, new_item_ids: ['red'] }, 'wrongVariant'],
  ['exchange_delivered_order_items', { ...exchange, new_item_ids: ['sold'] }, 'wrongVariant'],
  ['exchange_delivered_order_items', { ...exchange, payment_method_id: 'bob-card' }, 'wrongMethod'],
  ['exchange_delivered_order_items', { ...exchange, payment_method_id: 'ann-coin' }, 'giftCardCannotPay'],
  ['modify_user_address', { user_id: 'nobody', ...place }, 'notFound'],
];

/** What does not even fit the arguments. */
const misfits: readonly (readonly [ShopOperation, object, string])[] = [
  ['cancel_pending_order', { order_id: '#pending' }, 'a missing argument'],
  ['cancel_pending_order', { order_id: '#pending', reason: 'no longer needed', force: true }, 'an extra argument'],
  ['cancel_pending_order', { order_id: ['#pending'], reason: 'no longer needed' }, 'a list for an id'],
  ['cancel_pending_order', { order_id: '#pending\0', reason: 'no longer needed' }, 'an id with a NUL'],
  ['cancel_pending_order', { order_id: '#'.repeat(300), reason: 'no longer needed' }, 'an endless id'],
  ['modify_user_address', { user_id: 'ann', ...place, city: 'Bath\ud800' }, 'half a character'],
  ['modify_user_address', { user_id: 'ann', ...place, city: 'x'.repeat(10_000) }, 'an endless city'],
  ['modify_user_address', { user_id: 'ann', ...place, zip: 4530 }, 'a number for a postal code'],
  ['return_delivered_order_items', { ...giveBack, item_ids: [] }, 'no items'],
  ['return_delivered_order_items', { ...giveBack, item_ids: Array(1_000).fill('brass') }, 'a thousand items'],
  ['calculate', { expression: '1+'.repeat(5_000) }, 'an endless expression'],
  ['list_all_product_types', { of: 'lamp' }, 'an argument for what takes none'],
];

describeOnEachDatabase('an operation that is refused', (world) => {
  beforeAll(() => world().data.load(JSON.stringify(cornerShop)));

  const unchanged = async (operation: ShopOperation, given: object): Promise<string> => {
    const before = await world().data.dump();
    const key = `refused ${operation} ${JSON.stringify(given)}`.slice(0, 200);
    const failed = await failureOf(world().perform(operation, given, key));
    expect(await world().data.dump()).toBe(before);
    expect(await world().lookUp(operation, key)).toBeUndefined();
    return failed;
  };

  it.each(refusals)('%s of %j is refused as %s and changes nothing', async (operation, given, reason) => {
    expect(await unchanged(operation, given)).toBe(`OperationRefused: ${reason}`);
  });

  it.each(misfits.map(([operation, given, what]) => [operation, what, given] as const))(
    '%s with %s does not fit',
    async (operation, _what, given) => {
      expect(await unchanged(operation, given)).toBe('InvalidInput');
    },
  );

  it('does not guess between two customers of one name and postal code', async () => {
    const { ann, bob } = cornerShop.users;
    const twin = { ...bob!, user_id: 'bob-2', email: 'bob2@example.org', payment_methods: {} };
    await world().data.load(JSON.stringify({ ...cornerShop, users: { ann, bob, 'bob-2': twin } }));
    const asked = { first_name: 'Bob', last_name: 'Ito', zip: '12210' };
    expect(await unchanged('find_user_id_by_name_zip', asked)).toBe('OperationRefused: ambiguous');
    await world().data.load(JSON.stringify(cornerShop));
  });

  it('is refused the second time when the first changed what it depends on', async () => {
    await world().perform('modify_pending_order_payment', { order_id: '#pending', payment_method_id: 'ann-paypal' });
    expect(
      await unchanged('modify_pending_order_payment', { order_id: '#pending', payment_method_id: 'ann-gift' }),
    ).toBe('OperationRefused: wrongPaymentHistory');
    await world().perform('modify_pending_order_items', items);
    expect(await unchanged('modify_pending_order_items', { ...items, item_ids: ['brass'] })).toBe(
      'OperationRefused: wrongStatus',
    );
    expect(await unchanged('cancel_pending_order', { order_id: '#pending', reason: 'no longer needed' })).toBe(
      'OperationRefused: wrongStatus',
    );
    await world().perform('return_delivered_order_items', giveBack);
    expect(await unchanged('exchange_delivered_order_items', exchange)).toBe('OperationRefused: wrongStatus');
  });
});
