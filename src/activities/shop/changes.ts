import * as z from 'zod/mini';
import { Address } from '../../contracts/shop';
import { failure } from '../../contracts/failures';
import type { Query } from '../stores/database';

/** The columns of an order that operations change, and their types. */
const orderColumns = {
  address1: 'text',
  address2: 'text',
  city: 'text',
  state: 'text',
  country: 'text',
  zip: 'text',
  status: 'text',
  cancel_reason: 'text',
  return_items: 'text[]',
  return_payment_method_id: 'text',
  exchange_items: 'text[]',
  exchange_new_items: 'text[]',
  exchange_payment_method_id: 'text',
  exchange_price_difference_cents: 'bigint',
} as const;
type OrderColumn = keyof typeof orderColumns;

const OrderFields = z.partialRecord(
  z.enum(Object.keys(orderColumns) as [OrderColumn, ...OrderColumn[]]), // the keys of the table above
  z.union([z.string(), z.number(), z.array(z.string()), z.null()]),
);
const ItemFields = z.strictObject({
  itemId: z.string(),
  priceCents: z.int(),
  options: z.record(z.string(), z.string()),
});

/**
 * One change of the shop, with all that it takes to undo it. An operation decides a list of these; what applies them
 * and what takes them back is the same for all.
 */
export const ShopChange = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('order'), orderId: z.string(), from: OrderFields, to: OrderFields }),
  z.strictObject({
    change: z.literal('item'),
    orderId: z.string(),
    position: z.int(),
    from: ItemFields,
    to: ItemFields,
  }),
  z.strictObject({
    change: z.literal('payment'),
    orderId: z.string(),
    position: z.int(),
    kind: z.enum(['payment', 'refund']),
    amountCents: z.int(),
    methodId: z.string(),
  }),
  z.strictObject({ change: z.literal('balance'), userId: z.string(), methodId: z.string(), byCents: z.int() }),
  z.strictObject({ change: z.literal('customerAddress'), userId: z.string(), from: Address, to: Address }),
]);
export type ShopChange = z.infer<typeof ShopChange>;

/** Applies changes in order. The operation has locked what they change, so each must find what it expects. */
export async function applyChanges(query: Query, changes: readonly ShopChange[]): Promise<void> {
  for (const change of changes) {
    if (await apply(query, change)) continue;
    throw new Error(`Expected to find what a change of kind ${change.change} begins with, under its lock.`);
  }
}

/**
 * Takes changes back, newest first.
 *
 * @throws `CompensationBlocked` when something was done since that builds on one of them; then all of them stand
 */
export async function undoChanges(query: Query, changes: readonly ShopChange[]): Promise<void> {
  await lockFor(query, changes);
  for (const change of changes.toReversed()) {
    if (await undo(query, change)) continue;
    throw failure(
      'CompensationBlocked',
      `${describe(change)} cannot be taken back: what was done since builds on it. Undo that first, or settle it by hand.`,
      { change: change.change },
    );
  }
}

/** Locks as the operations do, orders before payment methods, so that an undo and an operation do not block each other. */
async function lockFor(query: Query, changes: readonly ShopChange[]): Promise<void> {
  const orders = [...new Set(changes.flatMap((change) => ('orderId' in change ? [change.orderId] : [])))];
  await query('select 1 from orders where order_id = any($1::text[]) order by order_id for update', [orders]);
  const customers = [...new Set(changes.flatMap((change) => (change.change === 'balance' ? [change.userId] : [])))];
  await query(
    'select 1 from payment_methods where user_id = any($1::text[]) order by user_id, payment_method_id for update',
    [customers],
  );
}

function apply(query: Query, change: ShopChange): Promise<boolean> {
  switch (change.change) {
    case 'order':
      return setOrder(query, change);
    case 'item':
      return setItem(query, change);
    case 'payment':
      return addPayment(query, change);
    case 'balance':
      return moveBalance(query, change);
    case 'customerAddress':
      return setCustomerAddress(query, change);
  }
}

function undo(query: Query, change: ShopChange): Promise<boolean> {
  switch (change.change) {
    case 'order':
      return setOrder(query, { ...change, from: change.to, to: change.from });
    case 'item':
      return setItem(query, { ...change, from: change.to, to: change.from });
    case 'payment':
      return removePayment(query, change);
    case 'balance':
      return moveBalance(query, { ...change, byCents: -change.byCents });
    case 'customerAddress':
      return setCustomerAddress(query, { ...change, from: change.to, to: change.from });
  }
}

type Change<Kind extends ShopChange['change']> = Extract<ShopChange, { change: Kind }>;

function setOrder(query: Query, { orderId, from, to }: Change<'order'>): Promise<boolean> {
  const columns = Object.keys(to) as OrderColumn[]; // its schema admits no others
  const set = columns.map((column, index) => `${column} = $${index + 2}::${orderColumns[column]}`);
  const held = columns.map(
    (column, index) => `${column} is not distinct from $${index + 2 + columns.length}::${orderColumns[column]}`,
  );
  return isOne(query, `update orders set ${set.join(', ')} where order_id = $1 and ${held.join(' and ')}`, [
    orderId,
    ...columns.map((column) => to[column] ?? null),
    ...columns.map((column) => from[column] ?? null),
  ]);
}

function setItem(query: Query, { orderId, position, from, to }: Change<'item'>): Promise<boolean> {
  return isOne(
    query,
    `update order_items set item_id = $3, price_cents = $4, options = $5
     where order_id = $1 and position = $2 and item_id = $6 and price_cents = $7 and options = $8`,
    [
      ...[orderId, position],
      ...[to.itemId, to.priceCents, JSON.stringify(to.options)],
      ...[from.itemId, from.priceCents, JSON.stringify(from.options)],
    ],
  );
}

function addPayment(query: Query, { orderId, position, kind, amountCents, methodId }: Change<'payment'>) {
  return isOne(
    query,
    'insert into payments (order_id, position, kind, amount_cents, payment_method_id) values ($1, $2, $3, $4, $5)',
    [orderId, position, kind, amountCents, methodId],
  );
}

/** Only the last of a history can go: whatever followed was decided on it. */
function removePayment(query: Query, { orderId, position, kind, amountCents, methodId }: Change<'payment'>) {
  return isOne(
    query,
    `delete from payments where order_id = $1 and position = $2 and kind = $3 and amount_cents = $4
     and payment_method_id = $5 and not exists (select 1 from payments where order_id = $1 and position > $2)`,
    [orderId, position, kind, amountCents, methodId],
  );
}

function moveBalance(query: Query, { userId, methodId, byCents }: Change<'balance'>): Promise<boolean> {
  return isOne(
    query,
    `update payment_methods set balance_cents = balance_cents + $3
     where user_id = $1 and payment_method_id = $2 and balance_cents + $3 >= 0`,
    [userId, methodId, byCents],
  );
}

function setCustomerAddress(query: Query, { userId, from, to }: Change<'customerAddress'>): Promise<boolean> {
  const fields = ['address1', 'address2', 'city', 'state', 'country', 'zip'] as const;
  return isOne(
    query,
    `update customers set (address1, address2, city, state, country, zip) = ($2, $3, $4, $5, $6, $7)
     where user_id = $1 and (address1, address2, city, state, country, zip) = ($8, $9, $10, $11, $12, $13)`,
    [userId, ...fields.map((field) => to[field]), ...fields.map((field) => from[field])],
  );
}

async function isOne(query: Query, statement: string, parameters: readonly unknown[]): Promise<boolean> {
  return (await query(`${statement} returning 1`, parameters)).length === 1;
}

function describe(change: ShopChange): string {
  switch (change.change) {
    case 'order':
      return `The change of order ${change.orderId}`;
    case 'item':
      return `The new item in order ${change.orderId}`;
    case 'payment':
      return `The ${change.kind} of order ${change.orderId} by ${change.methodId}`;
    case 'balance':
      return `The movement of ${change.methodId} (its balance may be spent)`;
    case 'customerAddress':
      return `The address of customer ${change.userId}`;
  }
}
