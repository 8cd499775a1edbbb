import * as z from 'zod/mini';
import { failure } from '../../contracts/failures';
import { answerIn, askSystem, findByKey, keyPath, refusalOf, type OutsideSystem } from './ask-system';

/** A refund to be authorised. The amount is whole cents of US dollars. */
export interface RefundOrder {
  readonly orderId: string;
  readonly paymentMethodId: string;
  readonly amountCents: number;
}

export interface Refund extends RefundOrder {
  readonly refundId: string;
}

/** A refund that was paid out. */
export interface Settlement {
  readonly settlementId: string;
  readonly refundId: string;
  readonly amountCents: number;
}

/**
 * The payment provider. Every call may fail with `ServiceUnavailable`, after which the same key may be used again, and
 * with `ServiceRefused`, after which nothing was done.
 */
export interface PaymentProvider {
  /** Authorises a refund, once per key. @throws `EffectUndone` under a key that was voided */
  authorise(order: RefundOrder, idempotencyKey: string): Promise<Refund>;
  findRefund(idempotencyKey: string): Promise<Refund | undefined>;
  /**
   * Voids what was authorised under the key, and the key with it, also when nothing was.
   *
   * @throws `CompensationBlocked` when it was settled since
   */
  void(idempotencyKey: string): Promise<void>;
  /** Pays an authorised refund out, once per key and for good. */
  settle(refundId: string, idempotencyKey: string): Promise<Settlement>;
  findSettlement(idempotencyKey: string): Promise<Settlement | undefined>;
}

const RefundReply = z.pipe(
  z.object({ id: z.string(), order_id: z.string(), payment_method: z.string(), amount_cents: z.int() }),
  z.transform(({ id, order_id, payment_method, amount_cents }): Refund => ({
    ...{ refundId: id, orderId: order_id, paymentMethodId: payment_method, amountCents: amount_cents },
  })),
);
const SettlementReply = z.pipe(
  z.object({ id: z.string(), refund_id: z.string(), amount_cents: z.int() }),
  z.transform(({ id, refund_id, amount_cents }): Settlement => ({
    ...{ settlementId: id, refundId: refund_id, amountCents: amount_cents },
  })),
);

/** Speaks to the payment provider at an address; without one, every call is refused. */
export function paymentProvider(url: string | undefined, timeoutMs?: number): PaymentProvider {
  const variable = 'COUNTERPOINT_PAYMENT_PROVIDER_URL';
  const system: OutsideSystem = { name: 'payment provider', url, variable, timeoutMs };

  async function post<Schema extends z.ZodMiniType>(
    path: string,
    { body, idempotencyKey }: { readonly body: unknown; readonly idempotencyKey: string },
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const reply = await askSystem(system, { method: 'POST', path, idempotencyKey, body });
    if (!reply.isDone) throw refusalOf(system, reply, idempotencyKey);
    return answerIn(system, schema, reply.body);
  }

  return {
    authorise: ({ orderId, paymentMethodId, amountCents }, idempotencyKey) => {
      const of = { order_id: orderId, payment_method: paymentMethodId };
      const body = { ...of, amount_cents: amountCents, currency: 'USD' };
      return post('/v1/refunds', { body, idempotencyKey }, RefundReply);
    },
    findRefund: async (idempotencyKey) =>
      (await findByKey(system, z.object({ refund: RefundReply }), idempotencyKey))?.refund,
    async void(idempotencyKey) {
      const reply = await askSystem(system, { method: 'DELETE', path: keyPath(idempotencyKey) });
      if (reply.isDone) return;
      if (reply.code !== 'already_settled') throw refusalOf(system, reply, idempotencyKey);
      throw failure(
        'CompensationBlocked',
        'The refund was paid out, which cannot be taken back. Settle it with the customer by hand.',
        { system: system.name, code: reply.code },
      );
    },
    settle: (refundId, idempotencyKey) =>
      post('/v1/settlements', { body: { refund_id: refundId }, idempotencyKey }, SettlementReply),
    findSettlement: async (idempotencyKey) =>
      (await findByKey(system, z.object({ settlement: SettlementReply }), idempotencyKey))?.settlement,
  };
}
