import type { CaseRecords } from '../../../contracts/case-decision';
import type { CaseRequest } from '../../../contracts/case-reading';
import type { Order } from '../../../contracts/shop';
import type { ShopWriteCall } from '../../../contracts/shop-operation-call';
import { decideReplacements, decideReturn } from './decide-items';
import { resolveMethod } from './resolve';

/** What is decided about one request. */
export type Word =
  | { readonly word: 'do'; readonly action: ShopWriteCall }
  | { readonly word: 'deny'; readonly why: string }
  | { readonly word: 'ask'; readonly question: string }
  | { readonly word: 'tell'; readonly fact: string }
  | { readonly word: 'handOff'; readonly why: string };

type OrderRequest = Exclude<CaseRequest, { readonly ask: 'liveAt' }>;
type Asked<Ask extends OrderRequest['ask']> = Extract<OrderRequest, { readonly ask: Ask }>;

/** In this order, since no order can be changed once its items were, nor once it was cancelled. */
const sequence = ['status', 'shipTo', 'payBy', 'replace', 'return', 'cancel'] as const;

/** Decides what is asked of one order of the customer's. */
export function decideOrder(order: Order, requests: readonly OrderRequest[], records: CaseRecords): Word[] {
  const asks = new Set(requests.map(({ ask }) => ask).filter((ask) => ask !== 'status'));
  const isContrary = asks.has('cancel') ? asks.size > 1 : asks.has('return') && asks.size > 1;
  if (isContrary) {
    return [{ word: 'handOff', why: `Order ${order.order_id} is asked to be ${[...asks].join(' and ')} at once.` }];
  }
  return sequence.flatMap((ask): Word[] => {
    const asked = requests.filter((request) => request.ask === ask);
    return asked.length === 0 ? [] : decideAsked(order, asked, records);
  });
}

function decideAsked(order: Order, asked: readonly OrderRequest[], records: CaseRecords): Word[] {
  const [first, ...others] = asked;
  if (first === undefined) return [];
  if (first.ask === 'replace') return decideReplacements(order, of(asked, 'replace'), records);
  const isRepeated = others.some(({ said }) => said !== first.said);
  if (isRepeated && first.ask !== 'status') {
    return [{ word: 'ask', question: `You ask more than one thing of order ${order.order_id}: which of them holds?` }];
  }
  switch (first.ask) {
    case 'status':
      return [{ word: 'tell', fact: statusOf(order) }];
    case 'cancel':
      return [decideCancellation(order, first)];
    case 'return':
      return [decideReturn(order, first, records)];
    case 'shipTo':
      return [decideShipping(order, first)];
    case 'payBy':
      return [decidePayment(order, first, records)];
  }
}

function of<Ask extends OrderRequest['ask']>(asked: readonly OrderRequest[], ask: Ask): Asked<Ask>[] {
  return asked.filter((request): request is Asked<Ask> => request.ask === ask);
}

function statusOf({ order_id, status, fulfillments }: Order): string {
  const tracking = fulfillments.flatMap(({ tracking_id }) => tracking_id);
  return `Order ${order_id} is ${status}${tracking.length === 0 ? '' : `; its tracking number is ${tracking.join(', ')}`}.`;
}

const noLongerNeeded =
  /^(?:because )?(?:i|we)(?: no longer need| don't need| do not need) (?:it|them|this|that)(?: any ?more)?$|^no longer needed$/i;
const byMistake =
  /^(?:because )?(?:(?:i|we) ordered (?:it|them|this|that) by (?:mistake|accident)|it was (?:a mistake|ordered by mistake)|ordered by mistake)$/i;

function decideCancellation({ order_id, status }: Order, { reason }: Asked<'cancel'>): Word {
  if (status !== 'pending')
    return { word: 'deny', why: `Order ${order_id} is ${status}; only a pending order can be cancelled.` };
  if (reason === null) {
    return {
      word: 'ask',
      question: `Why is order ${order_id} to be cancelled: is it no longer needed, or was it ordered by mistake?`,
    };
  }
  const accepted = noLongerNeeded.test(reason)
    ? 'no longer needed'
    : byMistake.test(reason)
      ? 'ordered by mistake'
      : null;
  if (accepted !== null)
    return { word: 'do', action: { name: 'cancel_pending_order', arguments: { order_id, reason: accepted } } };
  return {
    word: 'deny',
    why: `Order ${order_id} can be cancelled only if it is no longer needed or was ordered by mistake, and you give another reason.`,
  };
}

function decideShipping({ order_id, status }: Order, { address }: Asked<'shipTo'>): Word {
  if (status !== 'pending')
    return { word: 'deny', why: `Order ${order_id} is ${status}; only a pending order's address can be changed.` };
  return { word: 'do', action: { name: 'modify_pending_order_address', arguments: { order_id, ...address } } };
}

function decidePayment(order: Order, { method }: Asked<'payBy'>, { customer }: CaseRecords): Word {
  const { order_id, status, payment_history: history } = order;
  if (status !== 'pending')
    return { word: 'deny', why: `Order ${order_id} is ${status}; only a pending order's payment can be changed.` };
  const id = resolveMethod(method, customer, order);
  const chosen = customer.payment_methods[id ?? ''];
  if (chosen === undefined)
    return { word: 'ask', question: `Which of your payment methods do you mean by “${method}” for order ${order_id}?` };
  const [first, ...others] = history;
  if (first === undefined || others.length > 0)
    return { word: 'deny', why: `The payment of order ${order_id} was changed before and cannot be changed again.` };
  if (first.payment_method_id === chosen.id)
    return { word: 'deny', why: `Order ${order_id} is paid by ${chosen.id} already.` };
  if (chosen.source === 'gift_card' && chosen.balance < first.amount) {
    return { word: 'deny', why: `The gift card ${chosen.id} does not hold enough to pay for order ${order_id}.` };
  }
  return {
    word: 'do',
    action: { name: 'modify_pending_order_payment', arguments: { order_id, payment_method_id: chosen.id } },
  };
}
