import type { Order, Shop } from '../../contracts/shop';
import type { Query } from '../stores/database';
import { folded, foldedName } from './find-customer';
import { centsOf } from './money';

type Row = Readonly<Record<string, unknown>>;

/** Enters a checked shop into empty tables: one statement for each. */
export async function insertShop(query: Query, shop: Shop): Promise<void> {
  const users = Object.values(shop.users);
  const orders = Object.values(shop.orders);
  await insert(query, 'customers', users.map(customerRow));
  await insert(query, 'payment_methods', users.flatMap(methodRows));
  await insert(
    query,
    'products',
    Object.values(shop.products).map(({ product_id, name }) => ({ product_id, name })),
  );
  await insert(query, 'variants', Object.values(shop.products).flatMap(variantRows));
  const positions = new Map(users.flatMap((user) => user.orders.map((orderId, position) => [orderId, position])));
  await insert(
    query,
    'orders',
    orders.map((order) => ({ ...orderRow(order), position: positions.get(order.order_id) })),
  );
  await insert(query, 'order_items', orders.flatMap(itemRows));
  await insert(query, 'fulfilments', orders.flatMap(fulfilmentRows));
  await insert(query, 'payments', orders.flatMap(paymentRows));
}

/** The row type of the table gives the types; a field that a row lacks is null. */
async function insert(query: Query, table: string, rows: readonly Row[]): Promise<void> {
  await query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
    JSON.stringify(rows),
  ]);
}

function customerRow({ user_id, name, email, address }: Shop['users'][string]): Row {
  return { user_id, ...name, email, name_folded: foldedName(name), email_folded: folded(email), ...address };
}

function methodRows({ user_id, payment_methods }: Shop['users'][string]): Row[] {
  return Object.values(payment_methods).map((method) => ({
    user_id,
    payment_method_id: method.id,
    source: method.source,
    ...(method.source === 'credit_card' ? { brand: method.brand, last_four: method.last_four } : {}),
    ...(method.source === 'gift_card' ? { balance_cents: centsOf(method.balance) } : {}),
  }));
}

function variantRows({ product_id, variants }: Shop['products'][string]): Row[] {
  return Object.values(variants).map(({ item_id, options, available, price }) => ({
    ...{ item_id, product_id, options, is_available: available, price_cents: centsOf(price) },
  }));
}

function orderRow({ address, exchange_price_difference: difference, ...order }: Order): Row {
  return {
    ...order,
    ...address,
    ...(difference === undefined ? {} : { exchange_price_difference_cents: centsOf(difference) }),
  };
}

function itemRows({ order_id, items }: Order): Row[] {
  return items.map(({ item_id, product_id, name, price, options }, position) => ({
    ...{ order_id, position, item_id, product_id, name, options, price_cents: centsOf(price) },
  }));
}

function fulfilmentRows({ order_id, fulfillments }: Order): Row[] {
  return fulfillments.map(({ tracking_id, item_ids }, position) => ({
    ...{ order_id, position, tracking_ids: tracking_id, item_ids },
  }));
}

function paymentRows({ order_id, payment_history }: Order): Row[] {
  return payment_history.map(({ transaction_type, amount, payment_method_id }, position) => ({
    ...{ order_id, position, kind: transaction_type, amount_cents: centsOf(amount), payment_method_id },
  }));
}
