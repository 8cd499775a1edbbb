import type { CaseRecords } from '../../../contracts/case-decision';
import { canonicalJson } from '../../../contracts/json';
import type { Address, Order, Payment } from '../../../contracts/shop';
import type { ShopOperationCall } from '../../../contracts/shop-operation-call';
import { moneyOf } from '../../shop/case-money';
import { amountOf } from '../../shop/money';

/** What an order must be, field by field; of the payments only those that came with the actions. */
type Expected = Partial<Omit<Order, 'payment_history'>> & { readonly payments: readonly Payment[] };

/** Names every field of the records after a case that is not what its actions make of the records before it. */
export function verifyOutcome(
  actions: readonly ShopOperationCall[],
  before: CaseRecords,
  after: CaseRecords,
): string[] {
  const differences: string[] = [];
  const compare = (what: string, is: unknown, mustBe: unknown) => {
    const [have, want] = [canonicalJson(is ?? null), canonicalJson(mustBe ?? null)];
    if (have !== want) differences.push(`${what} is ${have} and must be ${want}`.slice(0, 4_000));
  };
  for (const order of before.orders) {
    const own = actions.filter(({ arguments: given }) => 'order_id' in given && given.order_id === order.order_id);
    const now = after.orders.find(({ order_id }) => order_id === order.order_id);
    if (own.length === 0) continue;
    const { payments, ...fields } = expectedOf(order, own, before);
    for (const [field, mustBe] of Object.entries(fields)) {
      compare(`${field} of ${order.order_id}`, now?.[field as keyof Order], mustBe); // the fields of an expected order
    }
    compare(`payments of ${order.order_id}`, now?.payment_history, [...order.payment_history, ...payments]);
  }
  const moves = actions.flatMap((action) =>
    action.name === 'modify_user_address' ? [addressIn(action.arguments)] : [],
  );
  const address = moves.at(-1) ?? before.customer.address;
  compare('address of the customer', after.customer.address, address);
  return differences;
}

function expectedOf(order: Order, actions: readonly ShopOperationCall[], before: CaseRecords): Expected {
  return actions.reduce<Expected>(
    (so, action) => ({
      ...so,
      ...changeBy(action, { ...order, ...so }, before),
      payments: [...so.payments, ...paymentsOf(action, before)],
    }),
    { payments: [] },
  );
}

function changeBy(action: ShopOperationCall, order: Order, { products }: CaseRecords): Partial<Order> {
  switch (action.name) {
    case 'cancel_pending_order':
      return { status: 'cancelled', cancel_reason: action.arguments.reason };
    case 'modify_pending_order_address':
      return { address: addressIn(action.arguments) };
    case 'modify_pending_order_payment':
      return { status: order.status };
    case 'modify_pending_order_items': {
      const items = [...order.items];
      for (const [index, id] of action.arguments.item_ids.entries()) {
        const at = items.findIndex(({ item_id }) => item_id === id);
        const old = items[at];
        const product = products.find(({ product_id }) => product_id === old?.product_id);
        const variant = product?.variants[action.arguments.new_item_ids[index] ?? ''];
        if (old === undefined || variant === undefined) continue;
        const { item_id, price, options } = variant;
        items[at] = { ...old, item_id, price, options };
      }
      return { status: 'pending (item modified)', items };
    }
    case 'return_delivered_order_items': {
      const { item_ids, payment_method_id } = action.arguments;
      return {
        status: 'return requested',
        return_items: item_ids.toSorted(),
        return_payment_method_id: payment_method_id,
      };
    }
    case 'exchange_delivered_order_items': {
      const { item_ids, new_item_ids, payment_method_id } = action.arguments;
      return {
        status: 'exchange requested',
        exchange_items: item_ids.toSorted(),
        exchange_new_items: new_item_ids.toSorted(),
        exchange_payment_method_id: payment_method_id,
      };
    }
    default:
      return {};
  }
}

/** The entries that an action makes in the history, in the order in which it makes them. */
function paymentsOf(action: ShopOperationCall, before: CaseRecords): Payment[] {
  if (action.name === 'exchange_delivered_order_items') return [];
  const { charges, refunds } = moneyOf(action, before);
  const entry = (transaction_type: Payment['transaction_type']) => (one: { methodId: string; cents: number }) => ({
    transaction_type,
    amount: amountOf(one.cents),
    payment_method_id: one.methodId,
  });
  const entries = [...charges.map(entry('payment')), ...refunds.map(entry('refund'))];
  if (action.name !== 'modify_pending_order_items' || entries.length > 0) return entries;
  return [{ transaction_type: 'refund', amount: 0, payment_method_id: action.arguments.payment_method_id }];
}

function addressIn({ address1, address2, city, country, state, zip }: Address): Address {
  return { address1, address2, city, country, state, zip };
}
