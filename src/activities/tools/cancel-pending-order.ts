import { Order } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { cancelPendingOrder as write } from '../shop/cancel-pending-order';
import { compensate, lookUp, performOnce } from '../shop/effects';
import { defineTool } from './define-tool';

export const cancelPendingOrder = defineTool({
  description: 'Cancel a pending order and refund every payment to its method.',
  effect: 'compensatable',
  input: shopOperations.cancel_pending_order.arguments,
  output: Order,
  execute: (given, { services: { database }, idempotencyKey }) =>
    performOnce(database, write, { given, idempotencyKey }),
  compensate: (_given, { services: { database }, idempotencyKey }) => compensate(database, idempotencyKey),
  lookup: ({ services: { database }, idempotencyKey }) => lookUp(database, write, idempotencyKey),
});
