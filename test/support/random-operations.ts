import fc from 'fast-check';
import type { Order, Shop } from '../../src/contracts/shop';
import type { ShopOperationCall } from '../../src/contracts/shop-operation-call';

const place = { address1: '2 Elm Road', address2: '', city: 'Troy', state: 'NY', country: 'USA', zip: '12180' };

/** Operations on a shop: mostly what may well be done, on few orders, so that they meet; now and then something wrong. */
export function operationsOn(shop: Shop, ordersMax: number): fc.Arbitrary<ShopOperationCall> {
  const orders = Object.values(shop.orders).slice(0, ordersMax);
  return fc
    .record({
      order: fc.constantFrom(...orders),
      kind: fc.nat(9),
      methodAt: fc.nat(9),
      itemsAt: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }),
      variantAt: fc.nat(9),
      isWrong: fc.nat(9).map((at) => at === 0),
    })
    .map(({ order, kind, methodAt, itemsAt, variantAt, isWrong }): ShopOperationCall => {
      const methods = Object.keys(shop.users[order.user_id]!.payment_methods);
      const { order_id, user_id } = order;
      const of = { order_id, payment_method_id: isWrong ? 'nobody’s' : methods[methodAt % methods.length]! };
      const items = [...new Set(itemsAt.map((at) => at % order.items.length))].map((at) => order.items[at]!);
      const item_ids = items.map(({ item_id }) => item_id);
      const replaced = { ...of, item_ids, new_item_ids: items.map((item) => variantOf(shop, item, variantAt)) };
      const calls: readonly ShopOperationCall[] = [
        { name: 'cancel_pending_order', arguments: { order_id, reason: isWrong ? 'too dear' : 'no longer needed' } },
        { name: 'modify_pending_order_address', arguments: { order_id, ...place } },
        { name: 'modify_pending_order_payment', arguments: of },
        { name: 'modify_pending_order_items', arguments: replaced },
        { name: 'return_delivered_order_items', arguments: { ...of, item_ids } },
        { name: 'exchange_delivered_order_items', arguments: replaced },
        { name: 'modify_user_address', arguments: { user_id: isWrong ? 'nobody' : user_id, ...place } },
        { name: 'get_order_details', arguments: { order_id: isWrong ? '#none' : order_id } },
        { name: 'get_user_details', arguments: { user_id } },
        { name: 'calculate', arguments: { expression: isWrong ? '1 +' : '1.05 * 3' } },
      ];
      return calls[kind]!;
    });
}

function variantOf({ products }: Shop, { product_id }: Order['items'][number], at: number): string {
  const variants = Object.keys(products[product_id]!.variants);
  return variants[at % variants.length]!;
}
