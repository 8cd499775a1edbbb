import type { Order, OrderItem, Variant } from '../../contracts/shop';
import type { Query } from '../stores/database';
import { centsOf } from './money';
import { readVariant } from './records';
import { refused } from './refuse';

/** An item of an order, where it stands in it, and what it is to become. */
export interface Replacement {
  readonly position: number;
  readonly item: OrderItem;
  readonly variant: Variant;
}

/** Which item of the order each id stands for: an id that is given twice takes two items. Refuses what is not there. */
export function itemsInOrder(order: Order, itemIds: readonly string[]): { position: number; item: OrderItem }[] {
  const taken = new Set<number>();
  return itemIds.map((itemId) => {
    const position = order.items.findIndex(({ item_id }, index) => item_id === itemId && !taken.has(index));
    const item = order.items[position];
    if (item === undefined) {
      throw refused(
        'itemNotInOrder',
        `Order ${order.order_id} does not hold item ${JSON.stringify(itemId)} that often. Name items of the order.`,
      );
    }
    taken.add(position);
    return { position, item };
  });
}

/** Pairs items of an order with the variants that replace them. Refuses what cannot replace what. */
export async function replacementsIn(
  query: Query,
  order: Order,
  { item_ids, new_item_ids }: { readonly item_ids: readonly string[]; readonly new_item_ids: readonly string[] },
): Promise<Replacement[]> {
  const items = itemsInOrder(order, item_ids);
  if (items.length !== new_item_ids.length) {
    throw refused(
      'listsDiffer',
      `${items.length} items are to be replaced by ${new_item_ids.length}. Name one new item for each.`,
    );
  }
  const replacements: Replacement[] = [];
  for (const [index, { position, item }] of items.entries()) {
    const variant = await variantFor(query, item, new_item_ids[index] ?? '');
    replacements.push({ position, item, variant });
  }
  return replacements;
}

async function variantFor(query: Query, item: OrderItem, newItemId: string): Promise<Variant> {
  if (newItemId === item.item_id) {
    throw refused('sameItem', `Item ${newItemId} would be replaced by itself. Name another variant.`);
  }
  const isOfProduct = await query('select 1 from variants where item_id = $1 and product_id = $2', [
    newItemId,
    item.product_id,
  ]);
  if (isOfProduct.length === 0) {
    throw refused(
      'wrongVariant',
      `${JSON.stringify(newItemId)} is no variant of ${item.name} (product ${item.product_id}). Name one that is.`,
    );
  }
  const variant = await readVariant(query, newItemId);
  if (variant.available) return variant;
  throw refused('wrongVariant', `Item ${newItemId} is not available. Name another variant.`);
}

/** What the replacements cost more than what they replace; less than nothing when they cost less. */
export function differenceCents(replacements: readonly Replacement[]): number {
  return replacements.reduce((sum, { item, variant }) => sum + centsOf(variant.price) - centsOf(item.price), 0);
}
