import * as z from 'zod/mini';
import { defineTool } from './define-tool';

export const settleRefund = defineTool({
  description: 'Have the payment provider pay an authorised refund out, which cannot be taken back.',
  effect: 'pivot',
  approvedBy: 'payments-officer',
  input: z.strictObject({ refundId: z.string().check(z.regex(/^[\x21-\x7e]{1,100}$/)) }),
  output: z.strictObject({ settlementId: z.string(), refundId: z.string(), amountCents: z.int() }),
  execute: ({ refundId }, { services, idempotencyKey }) => services.payments.settle(refundId, idempotencyKey),
  lookup: ({ services, idempotencyKey }) => services.payments.findSettlement(idempotencyKey),
});
