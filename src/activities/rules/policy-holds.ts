import type { CaseDecision, CaseRecords, DecisionBasis } from '../../contracts/case-decision';
import type { Order } from '../../contracts/shop';
import { isShopWrite, type ShopWriteCall } from '../../contracts/shop-operation-call';
import type { Verdict } from '../../contracts/verdict';
import type { RuleContext } from './rule';

/** Every action is one that the service policy allows on the records as they are, and none comes with a hand-off. */
export function policyHolds(
  { actions, questions, handOff }: Pick<CaseDecision, 'actions' | 'questions' | 'handOff'>,
  { input }: RuleContext<Pick<DecisionBasis, 'records'>>,
): Promise<Verdict> {
  const isLeft = handOff !== null || questions.length > 0;
  const broken = [
    ...(isLeft && actions.length > 0 ? ['nothing is done while a person or the customer has still to be asked'] : []),
    ...actions.flatMap((action, at) =>
      isShopWrite(action)
        ? brokenBy(action, { before: actions.slice(0, at).filter(isShopWrite), records: input.records })
        : [`${action.name} is no action on a case`],
    ),
  ];
  if (broken.length === 0) return Promise.resolve({ verdict: 'accept' });
  return Promise.resolve({ verdict: 'retry', feedback: `Against the policy: ${broken.join('; ')}`.slice(0, 4_000) });
}

interface Standing {
  /** The actions that come before this one. */
  readonly before: readonly ShopWriteCall[];
  readonly records: CaseRecords;
}

function brokenBy(action: ShopWriteCall, standing: Standing): string[] {
  if (action.name === 'modify_user_address') return [];
  const { order_id } = action.arguments;
  const order = standing.records.orders.find((one) => one.order_id === order_id);
  if (order === undefined) return [`order ${order_id} is not among the records`];
  return [
    ...brokenByStatus(action, order),
    ...brokenBySequence(action, standing.before),
    ...brokenByContent(action, order, standing.records),
  ].map((why) => `${action.name} on ${order_id}: ${why}`);
}

function brokenByStatus({ name }: ShopWriteCall, { status }: Order): string[] {
  const needed = /delivered/.test(name) ? 'delivered' : 'pending';
  return status === needed ? [] : [`the order is ${status} and not ${needed}`];
}

/** After these nothing else can be done to an order, so whatever belongs to them is one action. */
const last: readonly ShopWriteCall['name'][] = [
  'cancel_pending_order',
  'modify_pending_order_items',
  'return_delivered_order_items',
  'exchange_delivered_order_items',
];

function brokenBySequence(action: ShopWriteCall, before: readonly ShopWriteCall[]): string[] {
  const orderOf = (call: ShopWriteCall) => ('order_id' in call.arguments ? call.arguments.order_id : null);
  const earlier = before.filter((call) => orderOf(call) === orderOf(action));
  const final = earlier.find(({ name }) => last.includes(name));
  const again = earlier.some(({ name }) => name === action.name);
  return [
    ...(final === undefined ? [] : [`nothing can follow ${final.name}`]),
    ...(again ? ['it can be done once to an order'] : []),
  ];
}

function brokenByContent(action: ShopWriteCall, order: Order, { customer, products }: CaseRecords): string[] {
  switch (action.name) {
    case 'cancel_pending_order': {
      const { reason } = action.arguments;
      const isAccepted = ['no longer needed', 'ordered by mistake'].includes(reason);
      return isAccepted ? [] : [`the reason “${reason.slice(0, 200)}” is not accepted`];
    }
    case 'return_delivered_order_items': {
      const { item_ids, payment_method_id: id } = action.arguments;
      const isAllowed =
        id === order.payment_history[0]?.payment_method_id || customer.payment_methods[id]?.source === 'gift_card';
      const method = isAllowed ? [] : [`a refund goes to the original payment method or a gift card, and not to ${id}`];
      return [...missing(item_ids, order), ...method];
    }
    case 'modify_pending_order_items':
    case 'exchange_delivered_order_items': {
      const { item_ids, new_item_ids } = action.arguments;
      const lengths = item_ids.length === new_item_ids.length ? [] : ['each item needs one new item'];
      const variants = item_ids.flatMap((id, at) => {
        const item = order.items.find(({ item_id }) => item_id === id);
        const product = products.find(({ product_id }) => product_id === item?.product_id);
        const variant = product?.variants[new_item_ids[at] ?? ''];
        if (variant?.available === true && variant.item_id !== id) return [];
        return [`${new_item_ids[at] ?? 'nothing'} is no other available variant of item ${id}`];
      });
      return [...missing(item_ids, order), ...lengths, ...variants];
    }
    case 'modify_pending_order_payment': {
      const isOnce = order.payment_history.length === 1;
      const isOther = order.payment_history[0]?.payment_method_id !== action.arguments.payment_method_id;
      return isOnce && isOther ? [] : ['the payment can be changed once, to another method'];
    }
    case 'modify_pending_order_address':
    case 'modify_user_address':
      return [];
  }
}

function missing(itemIds: readonly string[], { items }: Order): string[] {
  const left = items.map(({ item_id }) => item_id);
  return itemIds.flatMap((id) => {
    const at = left.indexOf(id);
    if (at === -1) return [`the order does not hold item ${id} that often`];
    left.splice(at, 1);
    return [];
  });
}
