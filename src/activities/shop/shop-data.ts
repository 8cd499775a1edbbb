import { readFile } from 'node:fs/promises';
import { failure } from '../../contracts/failures';
import { canonicalJson } from '../../contracts/json';
import type { ShopData, ShopSize } from '../../contracts/shop';
import type { Database, Query } from '../stores/database';
import { parseShop } from './check-shop';
import { insertShop } from './insert-shop';
import { centsOf, decimalText } from './money';
import { customerRecord, orderRecord, productRecord } from './records';

interface Beginning {
  /** Loads the shop that comes with the project, unless a shop was loaded before. */
  readonly begin: () => Promise<void>;
}

/**
 * The records of a database's shop as a whole.
 *
 * @param sampleFile the shop that a shop is reset to when none was ever loaded
 */
export function shopData(database: Database, sampleFile: string): ShopData & Beginning {
  return {
    load: (json) => database.transaction((query) => load(query, json)),
    begin: () =>
      database.transaction(async (query) => {
        if ((await loadedLast(query)) === undefined) await load(query, await readFile(sampleFile, 'utf8'));
      }),
    dump: () => dump(database.query),
    reset: () =>
      database.transaction(async (query) =>
        load(query, (await loadedLast(query)) ?? (await readFile(sampleFile, 'utf8'))),
      ),
  };
}

async function load(query: Query, json: string): Promise<ShopSize> {
  const shop = parseShop(json);
  // What was done to the shop before, and the keys it was done under, mean nothing to the new one.
  await query('truncate customers, payment_methods, products, variants, orders, order_items, fulfilments, payments');
  await query('truncate effects, hand_offs, cases');
  await insertShop(query, shop);
  const document = await dump(query);
  if (document !== canonicalShop(JSON.parse(json))) {
    throw failure('InvalidInput', 'The file has names that a shop cannot keep, such as "__proto__". Rename them.');
  }
  await query(
    'insert into loaded_shop (document) values ($1) on conflict (is_the_one) do update set document = excluded.document',
    [document],
  );
  return {
    products: Object.keys(shop.products).length,
    users: Object.keys(shop.users).length,
    orders: Object.keys(shop.orders).length,
  };
}

/** One statement, so that it sees one state of the shop whatever happens at the same time. */
async function dump(query: Query): Promise<string> {
  const [row] = await query<{ shop: unknown }>(
    `select jsonb_build_object(
       'products', coalesce((select jsonb_object_agg(p.product_id, ${productRecord}) from products p), '{}'::jsonb),
       'users', coalesce((select jsonb_object_agg(c.user_id, ${customerRecord}) from customers c), '{}'::jsonb),
       'orders', coalesce((select jsonb_object_agg(o.order_id, ${orderRecord}) from orders o), '{}'::jsonb)) as shop`,
  );
  return canonicalShop(row?.shop);
}

/** All numbers in a shop are amounts of money, and are written as such. */
function canonicalShop(shop: unknown): string {
  return canonicalJson(shop, (amount) => decimalText(centsOf(amount)));
}

async function loadedLast(query: Query): Promise<string | undefined> {
  return (await query<{ document: string }>('select document from loaded_shop'))[0]?.document;
}
