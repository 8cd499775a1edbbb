import type { CaseRecords } from '../../../contracts/case-decision';
import type { CaseRequest } from '../../../contracts/case-reading';
import type { Order, OrderItem, PaymentMethod, Variant } from '../../../contracts/shop';
import { centsOf } from '../../shop/money';
import type { Word } from './decide-order';
import { resolveItems, resolveMethod, resolveVariant } from './resolve';

type Asked<Ask extends CaseRequest['ask']> = Extract<CaseRequest, { readonly ask: Ask }>;

/** Decides a return: all of a delivered order, or the items that the words fit. */
export function decideReturn(order: Order, { items, method }: Asked<'return'>, { customer }: CaseRecords): Word {
  const { order_id, status, payment_history: history } = order;
  if (status !== 'delivered') {
    return { word: 'deny', why: `Order ${order_id} is ${status}; only a delivered order can be returned.` };
  }
  const found = items.map((words) => ({ words, fitting: resolveItems(words, order) }));
  const doubtful = found.find(({ fitting }) => fitting === undefined);
  if (doubtful !== undefined)
    return { word: 'ask', question: `Which items of order ${order_id} do you mean by “${doubtful.words}”?` };
  const taken = items.length === 0 ? order.items : found.flatMap(({ fitting = [] }) => fitting);
  if (!isWithin(taken, order))
    return { word: 'ask', question: `How many items of order ${order_id} are to be returned?` };
  if (method === null)
    return { word: 'ask', question: `By which payment method do you want the refund for order ${order_id}?` };
  const id = resolveMethod(method, customer, order);
  const chosen = customer.payment_methods[id ?? ''];
  if (chosen === undefined)
    return { word: 'ask', question: `Which of your payment methods do you mean by “${method}” for order ${order_id}?` };
  if (chosen.source !== 'gift_card' && chosen.id !== history[0]?.payment_method_id) {
    return {
      word: 'deny',
      why: `The refund for order ${order_id} can only go to its original payment method or to a gift card of yours.`,
    };
  }
  const item_ids = taken.map(({ item_id }) => item_id);
  return {
    word: 'do',
    action: { name: 'return_delivered_order_items', arguments: { order_id, item_ids, payment_method_id: chosen.id } },
  };
}

interface Swap {
  readonly item: OrderItem;
  readonly variant: Variant;
}

/** Decides replacements, all of an order's in one action: items can be modified or exchanged once. */
export function decideReplacements(order: Order, asked: readonly Asked<'replace'>[], records: CaseRecords): Word[] {
  const { order_id, status } = order;
  if (status !== 'pending' && status !== 'delivered') {
    const why = `Order ${order_id} is ${status}; items can be changed while it is pending, and exchanged once it is delivered.`;
    return [{ word: 'deny', why }];
  }
  const swaps: Swap[] = [];
  for (const request of asked) {
    const found = swapsOf(order, request, records);
    if ('word' in found) return [found];
    swaps.push(...found.swaps);
  }
  if (
    !isWithin(
      swaps.map(({ item }) => item),
      order,
    )
  ) {
    return [{ word: 'ask', question: `How many items of order ${order_id} are to be changed?` }];
  }
  return [settledBy(order, swaps, { asked, records })];
}

function swapsOf(
  order: Order,
  { item: words, by }: Asked<'replace'>,
  { products }: CaseRecords,
): { readonly swaps: readonly Swap[] } | Word {
  const items = resolveItems(words, order);
  const [first] = items ?? [];
  if (items === undefined || first === undefined) {
    return { word: 'ask', question: `Which item of order ${order.order_id} do you mean by “${words}”?` };
  }
  const product = products.find(({ product_id }) => product_id === first.product_id);
  const variant = product === undefined ? undefined : resolveVariant(by, first, product);
  if (variant === undefined) {
    return {
      word: 'ask',
      question: `Which ${first.name} do you want in place of yours? “${by}” does not fit exactly one.`,
    };
  }
  if (variant.item_id === first.item_id)
    return { word: 'deny', why: `The ${first.name} of order ${order.order_id} is the one you ask for.` };
  if (!variant.available)
    return { word: 'deny', why: `The ${first.name} that you ask for in order ${order.order_id} is not available.` };
  return { swaps: items.map((item) => ({ item, variant })) };
}

function settledBy(
  { order_id, status, ...order }: Order,
  swaps: readonly Swap[],
  { asked, records }: { readonly asked: readonly Asked<'replace'>[]; readonly records: CaseRecords },
): Word {
  const said = [...new Set(asked.flatMap(({ method }) => (method === null ? [] : [method])))];
  const [method, ...others] = said;
  if (method === undefined || others.length > 0) {
    return { word: 'ask', question: `By which payment method is the difference for order ${order_id} to be settled?` };
  }
  const id = resolveMethod(method, records.customer, { order_id, status, ...order });
  const chosen = records.customer.payment_methods[id ?? ''];
  if (chosen === undefined)
    return { word: 'ask', question: `Which of your payment methods do you mean by “${method}” for order ${order_id}?` };
  const cents = swaps.reduce((sum, { item, variant }) => sum + centsOf(variant.price) - centsOf(item.price), 0);
  if (!canPay(chosen, cents)) {
    return {
      word: 'deny',
      why: `The gift card ${chosen.id} does not hold enough for the difference in order ${order_id}.`,
    };
  }
  const given = {
    order_id,
    item_ids: swaps.map(({ item }) => item.item_id),
    new_item_ids: swaps.map(({ variant }) => variant.item_id),
    payment_method_id: chosen.id,
  };
  const name = status === 'pending' ? 'modify_pending_order_items' : 'exchange_delivered_order_items';
  return { word: 'do', action: { name, arguments: given } };
}

function canPay(method: PaymentMethod, cents: number): boolean {
  return method.source !== 'gift_card' || centsOf(method.balance) >= cents;
}

/** Whether the order holds each item as often as it is named. */
function isWithin(items: readonly OrderItem[], order: Order): boolean {
  const count = (all: readonly OrderItem[], id: string) => all.filter(({ item_id }) => item_id === id).length;
  return items.every(({ item_id }) => count(items, item_id) <= count(order.items, item_id));
}
