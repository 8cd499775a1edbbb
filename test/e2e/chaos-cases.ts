import fc from 'fast-check';
import type { CustomerCase } from '../../src/contracts/customer-case';
import type { Order, Shop } from '../../src/contracts/shop';
import type { ShopOperationCall } from '../../src/contracts/shop-operation-call';
import { operationsOn } from '../support/random-operations';

const writesBeforeMax = 8;
const writesAfterMax = 4;
const operationsMin = 8;
const operationsMax = 14;

/**
 * Decided cases of many writes each, the same for the same seed. What they come to does not depend on how they are
 * interleaved, since no two concern the same records: a case concerns one customer, with the address, the payment
 * methods and the orders, and operations never reach another's. Only the catalogue is shared, which none changes. Where
 * a customer has a second case, it concerns one order that the first leaves alone, and neither reads nor moves what
 * belongs to the customer: it changes where the order goes, returns it to how it was paid, and looks at it.
 */
export function independentCases(shop: Shop, count: number, seed: number): CustomerCase[] {
  const customers = Object.values(shop.users).filter(({ orders }) => orders.length > 0);
  const second = customers.filter(({ orders }) => orders.length > 1).slice(0, Math.max(0, count - customers.length));
  const drawn = [
    ...customers.map(({ user_id, orders }) => {
      const own = orders.slice(0, second.some((other) => other.user_id === user_id) ? -1 : undefined);
      return anyCase(shopOf(shop, own));
    }),
    ...second.map(({ orders }) => modestCase(shop.orders[orders.at(-1)!]!)),
  ].slice(0, count);
  if (drawn.length < count) throw new Error(`Expected a shop for ${count} independent cases; it has ${drawn.length}.`);
  return drawn.map((arbitrary, at) => ({
    caseId: `chaos-${at + 1}`,
    ...fc.sample(arbitrary, { numRuns: 1, seed: seed + at })[0]!,
  }));
}

/**
 * Cases that a write done twice betrays: each changes the items of an order, which a second time is refused and so
 * undoes the case.
 */
export function telltaleCases(shop: Shop, count: number): CustomerCase[] {
  const cases = Object.values(shop.users).flatMap(({ orders }) => {
    const one = orders.map((id) => shop.orders[id]!).find(({ status }) => status === 'pending');
    const change = one === undefined ? undefined : newItems(shop, one);
    return change === undefined ? [] : [{ operations: [change] }];
  });
  if (cases.length < count) throw new Error(`Expected ${count} orders whose items can be changed.`);
  return cases.slice(0, count);
}

/** The same shop with these orders alone. */
function shopOf(shop: Shop, orderIds: readonly string[]): Shop {
  return { ...shop, orders: Object.fromEntries(orderIds.map((id) => [id, shop.orders[id]!])) };
}

/** One that goes on after refusals, one that completes, or one whose last write is refused, so that all is undone. */
function anyCase(shop: Shop): fc.Arbitrary<CustomerCase> {
  const orders = Object.values(shop.orders);
  const goingOn = fc
    .array(operationsOn(shop, orders.length), { minLength: operationsMin, maxLength: operationsMax })
    .map((operations): CustomerCase => ({ operations, onRefusal: 'continue' }));
  const allOrNothing = fc
    .record({ order: fc.constantFrom(...orders), isRefused: fc.boolean() })
    .chain(({ order, isRefused }): fc.Arbitrary<CustomerCase> =>
      fc.tuple(writesAround(order, writesBeforeMax), writesAround(order, writesAfterMax)).map(([before, after]) => {
        // An order that was closed, or was never pending, cannot be cancelled.
        const end = isRefused ? [...closing(shop, order), cancel(order)] : closing(shop, order);
        return { operations: [...before, ...end, ...(isRefused ? [] : after.filter(isOfCustomer))] };
      }),
    );
  return fc.oneof(goingOn, allOrNothing);
}

function modestCase(order: Order): fc.Arbitrary<CustomerCase> {
  const { order_id } = order;
  const item_ids = order.items.slice(0, 1).map(({ item_id }) => item_id);
  const operation = fc.oneof(
    place.map((to): ShopOperationCall => ({
      name: 'modify_pending_order_address',
      arguments: { order_id, ...to },
    })),
    fc.constant<ShopOperationCall>({ name: 'get_order_details', arguments: { order_id } }),
    fc.constant<ShopOperationCall>({
      name: 'return_delivered_order_items',
      arguments: { order_id, item_ids, payment_method_id: order.payment_history[0]!.payment_method_id },
    }),
  );
  return fc.record({
    operations: fc.array(operation, { minLength: operationsMin, maxLength: operationsMax }),
    onRefusal: fc.constant('continue' as const),
  });
}

const place = fc.nat(9_999).map((number) => ({
  ...{ address1: `${number} Elm Road`, address2: '', city: 'Troy' },
  ...{ state: 'NY', country: 'USA', zip: '12180' },
}));

/** Changes of addresses, which an order that is pending, and its customer, take any number of times. */
function writesAround({ order_id, user_id, status }: Order, maxLength: number): fc.Arbitrary<ShopOperationCall[]> {
  const write = fc
    .tuple(fc.boolean(), place)
    .map(([isOfOrder, to]): ShopOperationCall =>
      isOfOrder && status === 'pending'
        ? { name: 'modify_pending_order_address', arguments: { order_id, ...to } }
        : { name: 'modify_user_address', arguments: { user_id, ...to } },
    );
  return fc.array(write, { minLength: maxLength / 2, maxLength });
}

function isOfCustomer({ name }: ShopOperationCall): boolean {
  return name === 'modify_user_address';
}

/** What closes an order, where anything does: a change of its items or its cancellation, or else its return. */
function closing(shop: Shop, order: Order): ShopOperationCall[] {
  const { order_id, items, payment_history, status } = order;
  if (status === 'pending') return [newItems(shop, order) ?? cancel(order)];
  if (status !== 'delivered') return [];
  const payment_method_id = payment_history[0]!.payment_method_id;
  const item_ids = items.map(({ item_id }) => item_id);
  return [{ name: 'return_delivered_order_items', arguments: { order_id, item_ids, payment_method_id } }];
}

function cancel({ order_id }: Order): ShopOperationCall {
  return { name: 'cancel_pending_order', arguments: { order_id, reason: 'no longer needed' } };
}

/** The first item that can be replaced is, and paid by a method that always can. */
function newItems({ users, products }: Shop, { order_id, user_id, items }: Order): ShopOperationCall | undefined {
  const method = Object.values(users[user_id]!.payment_methods).find(({ source }) => source !== 'gift_card');
  const replaced = items.flatMap(({ item_id, product_id }) => {
    const variants = Object.values(products[product_id]!.variants);
    const other = variants.find((variant) => variant.available && variant.item_id !== item_id);
    return other === undefined ? [] : [{ item_ids: [item_id], new_item_ids: [other.item_id] }];
  })[0];
  if (method === undefined || replaced === undefined) return undefined;
  return { name: 'modify_pending_order_items', arguments: { order_id, ...replaced, payment_method_id: method.id } };
}
