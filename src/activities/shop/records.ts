import type * as z from 'zod/mini';
import { Customer, Order, Product, Variant } from '../../contracts/shop';
import type { Query } from '../stores/database';
import { refused } from './refuse';

const address = (table: string) =>
  `jsonb_build_object('address1', ${table}.address1, 'address2', ${table}.address2, 'city', ${table}.city,
    'country', ${table}.country, 'state', ${table}.state, 'zip', ${table}.zip)`;

const amount = (cents: string) => `(${cents}::numeric / 100)`;

const list = (select: string) => `coalesce((select jsonb_agg(${select}), '[]'::jsonb)`;

/** Records as SQL makes them of the tables, in the shape of `contracts/shop`. */
const variantRecord = `jsonb_build_object('item_id', v.item_id, 'options', v.options,
  'available', v.is_available, 'price', ${amount('v.price_cents')})`;

export const productRecord = `jsonb_build_object('product_id', p.product_id, 'name', p.name, 'variants',
  coalesce((select jsonb_object_agg(v.item_id, ${variantRecord}) from variants v where v.product_id = p.product_id),
    '{}'::jsonb))`;

export const customerRecord = `jsonb_build_object('user_id', c.user_id,
  'name', jsonb_build_object('first_name', c.first_name, 'last_name', c.last_name),
  'address', ${address('c')}, 'email', c.email, 'payment_methods',
  coalesce((select jsonb_object_agg(m.payment_method_id, jsonb_strip_nulls(jsonb_build_object('id', m.payment_method_id,
    'source', m.source, 'brand', m.brand, 'last_four', m.last_four, 'balance', ${amount('m.balance_cents')})))
    from payment_methods m where m.user_id = c.user_id), '{}'::jsonb),
  'orders', ${list('o.order_id order by o.position) from orders o where o.user_id = c.user_id')})`;

export const orderRecord = `jsonb_strip_nulls(jsonb_build_object('order_id', o.order_id, 'user_id', o.user_id,
  'address', ${address('o')}, 'status', o.status,
  'items', ${list(`jsonb_build_object('name', i.name, 'product_id', i.product_id, 'item_id', i.item_id,
    'price', ${amount('i.price_cents')}, 'options', i.options) order by i.position)
    from order_items i where i.order_id = o.order_id`)},
  'fulfillments', ${list(`jsonb_build_object('tracking_id', f.tracking_ids, 'item_ids', f.item_ids)
    order by f.position) from fulfilments f where f.order_id = o.order_id`)},
  'payment_history', ${list(`jsonb_build_object('transaction_type', t.kind, 'amount', ${amount('t.amount_cents')},
    'payment_method_id', t.payment_method_id) order by t.position)
    from payments t where t.order_id = o.order_id`)},
  'cancel_reason', o.cancel_reason, 'return_items', o.return_items,
  'return_payment_method_id', o.return_payment_method_id, 'exchange_items', o.exchange_items,
  'exchange_new_items', o.exchange_new_items, 'exchange_payment_method_id', o.exchange_payment_method_id,
  'exchange_price_difference', ${amount('o.exchange_price_difference_cents')}))`;

/** Reads a customer's whole record. Refuses when there is none. */
export function readCustomer(query: Query, userId: string): Promise<Customer> {
  const sql = `select ${customerRecord} as record from customers c where c.user_id = $1`;
  return readRecord(query, { sql, id: userId, schema: Customer, what: 'customer' });
}

/** Reads an order's whole record. Refuses when there is none. */
export function readOrder(query: Query, orderId: string): Promise<Order> {
  const sql = `select ${orderRecord} as record from orders o where o.order_id = $1`;
  return readRecord(query, { sql, id: orderId, schema: Order, what: 'order' });
}

/** Reads a product's whole record. Refuses when there is none. */
export function readProduct(query: Query, productId: string): Promise<Product> {
  const sql = `select ${productRecord} as record from products p where p.product_id = $1`;
  return readRecord(query, { sql, id: productId, schema: Product, what: 'product' });
}

/** Reads a variant's whole record. Refuses when there is none. */
export function readVariant(query: Query, itemId: string): Promise<Variant> {
  const sql = `select ${variantRecord} as record from variants v where v.item_id = $1`;
  return readRecord(query, { sql, id: itemId, schema: Variant, what: 'item' });
}

interface Wanted<Schema extends z.ZodMiniType> {
  readonly sql: string;
  readonly id: string;
  readonly schema: Schema;
  readonly what: string;
}

async function readRecord<Schema extends z.ZodMiniType>(
  query: Query,
  { sql, id, schema, what }: Wanted<Schema>,
): Promise<z.output<Schema>> {
  const [row] = await query<{ record: unknown }>(sql, [id]);
  if (row !== undefined) return schema.parse(row.record);
  throw refused('notFound', `There is no ${what} ${JSON.stringify(id)}. Check its id.`, { what, id });
}
