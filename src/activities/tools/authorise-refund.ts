import * as z from 'zod/mini';
import { defineTool } from './define-tool';

const amountCentsMax = 10_000_000;
const name = z.string().check(z.regex(/^[^\p{Cc}]{1,100}$/u));

export const authoriseRefund = defineTool({
  description:
    'Have the payment provider set a refund aside, in cents of US dollars. It is paid out when it is settled.',
  effect: 'compensatable',
  input: z.strictObject({
    orderId: name,
    paymentMethodId: name,
    amountCents: z.int().check(z.positive(), z.maximum(amountCentsMax)),
  }),
  output: z.strictObject({
    refundId: z.string(),
    orderId: z.string(),
    paymentMethodId: z.string(),
    amountCents: z.int(),
  }),
  execute: (order, { services, idempotencyKey }) => services.payments.authorise(order, idempotencyKey),
  compensate: (_input, { services, idempotencyKey }) => services.payments.void(idempotencyKey),
  lookup: ({ services, idempotencyKey }) => services.payments.findRefund(idempotencyKey),
});
