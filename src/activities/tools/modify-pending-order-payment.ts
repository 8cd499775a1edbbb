import { Order } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { modifyPendingOrderPayment as write } from '../shop/modify-pending-order-payment';
import { compensate, lookUp, performOnce } from '../shop/effects';
import { defineTool } from './define-tool';

export const modifyPendingOrderPayment = defineTool({
  description: 'Pay a pending order by another method and refund the first.',
  effect: 'compensatable',
  input: shopOperations.modify_pending_order_payment.arguments,
  output: Order,
  execute: (given, { services: { database }, idempotencyKey }) =>
    performOnce(database, write, { given, idempotencyKey }),
  compensate: (_given, { services: { database }, idempotencyKey }) => compensate(database, idempotencyKey),
  lookup: ({ services: { database }, idempotencyKey }) => lookUp(database, write, idempotencyKey),
});
