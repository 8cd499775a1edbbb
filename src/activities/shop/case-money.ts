import type { CaseRecords, Refund } from '../../contracts/case-decision';
import type { Order } from '../../contracts/shop';
import type { ShopOperationCall } from '../../contracts/shop-operation-call';
import { unrefunded } from './cancel-pending-order';
import { centsOf } from './money';

/** What an action does with money, by the records before it. */
export interface ActionMoney {
  readonly refunds: readonly { readonly methodId: string; readonly cents: number }[];
  readonly charges: readonly { readonly methodId: string; readonly cents: number }[];
  /** What it moves, or promises to: a return is paid when the items are back. */
  readonly movedCents: number;
}

const none: ActionMoney = { refunds: [], charges: [], movedCents: 0 };

/** Reckons what an action refunds, charges and moves. An action on unknown records moves nothing: it will be refused. */
export function moneyOf(action: ShopOperationCall, records: CaseRecords): ActionMoney {
  const order = 'order_id' in action.arguments ? orderOf(records, action.arguments.order_id) : undefined;
  if (order === undefined) return none;
  switch (action.name) {
    case 'cancel_pending_order': {
      const refunds = unrefunded(order.payment_history);
      return { refunds, charges: [], movedCents: sum(refunds) };
    }
    case 'modify_pending_order_payment': {
      const [first] = order.payment_history;
      if (first === undefined) return none;
      const cents = centsOf(first.amount);
      const charges = [{ methodId: action.arguments.payment_method_id, cents }];
      return { refunds: [{ methodId: first.payment_method_id, cents }], charges, movedCents: cents };
    }
    case 'modify_pending_order_items': {
      const cents = differenceCents(action.arguments, order, records);
      const moved = [{ methodId: action.arguments.payment_method_id, cents: Math.abs(cents) }];
      return { refunds: cents < 0 ? moved : [], charges: cents > 0 ? moved : [], movedCents: Math.abs(cents) };
    }
    case 'exchange_delivered_order_items': {
      const cents = differenceCents(action.arguments, order, records);
      // The difference is settled when the items are exchanged; the method must be able to bear it now.
      const charges = cents > 0 ? [{ methodId: action.arguments.payment_method_id, cents }] : [];
      return { refunds: [], charges, movedCents: Math.abs(cents) };
    }
    case 'return_delivered_order_items':
      return {
        ...none,
        movedCents: pricesOf(action.arguments.item_ids, order).reduce((total, cents) => total + cents, 0),
      };
    default:
      return none;
  }
}

/** The refunds of a case that the payment provider must settle: gift cards have theirs at once. */
export function refundsOf(actions: readonly ShopOperationCall[], records: CaseRecords): Refund[] {
  return actions.flatMap((action) =>
    moneyOf(action, records).refunds.flatMap(({ methodId, cents }) => {
      const isGiftCard = records.customer.payment_methods[methodId]?.source === 'gift_card';
      if (isGiftCard || cents === 0 || !('order_id' in action.arguments)) return [];
      return [{ orderId: action.arguments.order_id, paymentMethodId: methodId, amountCents: cents }];
    }),
  );
}

function orderOf({ orders }: CaseRecords, orderId: string): Order | undefined {
  return orders.find(({ order_id }) => order_id === orderId);
}

function differenceCents(
  { item_ids, new_item_ids }: { readonly item_ids: readonly string[]; readonly new_item_ids: readonly string[] },
  order: Order,
  { products }: CaseRecords,
): number {
  const prices = new Map(
    products.flatMap(({ variants }) => Object.values(variants).map(({ item_id, price }) => [item_id, centsOf(price)])),
  );
  const [before, after] = [pricesOf(item_ids, order), new_item_ids.map((id) => prices.get(id) ?? 0)];
  return sumOf(after) - sumOf(before);
}

function pricesOf(itemIds: readonly string[], { items }: Order): number[] {
  return itemIds.map((id) => centsOf(items.find(({ item_id }) => item_id === id)?.price ?? 0));
}

function sum(moves: readonly { readonly cents: number }[]): number {
  return sumOf(moves.map(({ cents }) => cents));
}

function sumOf(cents: readonly number[]): number {
  return cents.reduce((total, one) => total + one, 0);
}
