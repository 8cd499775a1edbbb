import type { Order } from '../../contracts/shop';
import type { ShopChange } from './changes';
import type { HeldMethod } from './lock';
import { decimalText } from './money';
import { refused } from './refuse';

/** One entry of an order's payment history that is to be made. */
interface NewPayment {
  readonly order: Order;
  readonly position: number;
  readonly kind: 'payment' | 'refund';
  readonly methodId: string;
  readonly cents: number;
}

/** The changes that pay or refund by a method: its entry in the history, and a gift card's balance at once. */
export function payBy(
  method: HeldMethod | undefined,
  { order, position, kind, methodId, cents }: NewPayment,
): ShopChange[] {
  const entry: ShopChange = {
    ...{ change: 'payment', orderId: order.order_id, position, kind },
    ...{ amountCents: cents, methodId },
  };
  if (method?.source !== 'gift_card' || cents === 0) return [entry];
  const byCents = kind === 'payment' ? -cents : cents;
  return [entry, { change: 'balance', userId: order.user_id, methodId, byCents }];
}

/** The method of this id, if it is the customer's. */
export function ownMethod(methods: ReadonlyMap<string, HeldMethod>, methodId: string): HeldMethod {
  const method = methods.get(methodId);
  if (method !== undefined) return method;
  throw refused(
    'wrongMethod',
    `The customer has no payment method ${JSON.stringify(methodId)}. Choose one of the customer's own.`,
  );
}

/** Refuses when a gift card does not hold the sum. */
export function assertCanPay(method: HeldMethod, cents: number): void {
  if (method.balanceCents === null || method.balanceCents >= cents) return;
  throw refused(
    'giftCardCannotPay',
    `Gift card ${method.id} holds ${decimalText(method.balanceCents)}, and ${decimalText(cents)} is to be paid. ` +
      'Choose another method.',
  );
}
