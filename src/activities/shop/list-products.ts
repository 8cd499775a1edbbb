import type { Query } from '../stores/database';

/** The ids of all products by their names, in the order of names. */
export async function listProducts(query: Query): Promise<Record<string, string>> {
  const products = await query<{ name: string; id: string }>(
    'select name, product_id as id from products order by product_id',
  );
  const named = products.map(({ name, id }) => [name, id] as const).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(named);
}
