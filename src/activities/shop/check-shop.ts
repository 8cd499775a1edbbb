import { failure } from '../../contracts/failures';
import { issuesOf } from '../../contracts/issues';
import { Shop } from '../../contracts/shop';

/** The largest price, payment or balance that a loaded shop may hold, so that no sum of them loses a cent. */
const loadedAmountMax = 1_000_000_000;
const documentCharactersMax = 64 * 1024 * 1024;
const problemsShownMax = 5;

/**
 * Reads a shop from JSON text, and holds its records against each other.
 *
 * @throws `InvalidInput` naming the first few things that do not fit
 */
export function parseShop(json: string): Shop {
  if (json.length > documentCharactersMax) {
    throw failure('InvalidInput', `A shop has at most ${documentCharactersMax} characters; this has ${json.length}.`);
  }
  const parsed = Shop.safeParse(parseJson(json));
  if (!parsed.success) throw failure('InvalidInput', `The file is not a shop: ${issuesOf(parsed.error)}`);
  const problems = [...problemsOf(parsed.data)];
  if (problems.length === 0) return parsed.data;
  const shown = problems.slice(0, problemsShownMax).join('; ');
  const more = problems.length > problemsShownMax ? `; and ${problems.length - problemsShownMax} more` : '';
  throw failure('InvalidInput', `The shop's records do not fit together: ${shown}${more}.`);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw failure('InvalidInput', `The file is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function* problemsOf(shop: Shop): Generator<string> {
  yield* misfiled('product', shop.products, ({ product_id }) => product_id);
  yield* misfiled('user', shop.users, ({ user_id }) => user_id);
  yield* misfiled('order', shop.orders, ({ order_id }) => order_id);
  yield* problemsOfProducts(shop);
  yield* problemsOfUsers(shop);
  yield* problemsOfOrders(shop);
}

function* misfiled<Record>(
  what: string,
  records: Readonly<{ [key: string]: Record }>,
  idOf: (record: Record) => string,
): Generator<string> {
  for (const [key, record] of Object.entries(records)) {
    if (idOf(record) !== key) yield `${what} ${key} calls itself ${idOf(record)}`;
  }
}

function* problemsOfProducts({ products }: Shop): Generator<string> {
  const owners = new Map<string, string>();
  for (const { product_id, variants } of Object.values(products)) {
    yield* misfiled(`product ${product_id}: variant`, variants, ({ item_id }) => item_id);
    for (const { item_id, price } of Object.values(variants)) {
      const owner = owners.get(item_id);
      if (owner !== undefined) yield `item ${item_id} is a variant of both ${owner} and ${product_id}`;
      owners.set(item_id, product_id);
      yield* tooLarge(`item ${item_id}: price`, price);
    }
  }
}

function* problemsOfUsers({ users, orders }: Shop): Generator<string> {
  for (const { user_id, payment_methods, orders: listed } of Object.values(users)) {
    yield* misfiled(`user ${user_id}: payment method`, payment_methods, ({ id }) => id);
    for (const method of Object.values(payment_methods)) {
      if (method.source === 'gift_card') yield* tooLarge(`gift card ${method.id}: balance`, method.balance);
    }
    if (new Set(listed).size < listed.length) yield `user ${user_id} lists an order twice`;
    for (const orderId of listed) {
      const owner = own(orders, orderId)?.user_id;
      if (owner !== user_id) yield `user ${user_id} lists order ${orderId}, which ${ownership(owner)}`;
    }
  }
}

function ownership(owner: string | undefined): string {
  return owner === undefined ? 'does not exist' : `is of ${owner}`;
}

function* problemsOfOrders({ users, orders }: Shop): Generator<string> {
  for (const { order_id, user_id, items, payment_history } of Object.values(orders)) {
    const user = own(users, user_id);
    if (user === undefined) {
      yield `order ${order_id} is of user ${user_id}, who does not exist`;
      continue;
    }
    if (!user.orders.includes(order_id)) yield `order ${order_id} is not listed by its user ${user_id}`;
    for (const { item_id, price } of items) yield* tooLarge(`order ${order_id}: item ${item_id}: price`, price);
    for (const { amount, payment_method_id } of payment_history) {
      yield* tooLarge(`order ${order_id}: amount`, amount);
      if (own(user.payment_methods, payment_method_id) === undefined) {
        yield `order ${order_id} was paid by ${payment_method_id}, which user ${user_id} does not have`;
      }
    }
  }
}

function own<Value>(record: Readonly<{ [key: string]: Value }>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function* tooLarge(what: string, amount: number): Generator<string> {
  if (Math.abs(amount) > loadedAmountMax) yield `${what} is over ${loadedAmountMax}`;
}
