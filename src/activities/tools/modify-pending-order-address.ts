import { Order } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { modifyPendingOrderAddress as write } from '../shop/modify-pending-order-address';
import { compensate, lookUp, performOnce } from '../shop/effects';
import { defineTool } from './define-tool';

export const modifyPendingOrderAddress = defineTool({
  description: 'Change the shipping address of a pending order.',
  effect: 'compensatable',
  input: shopOperations.modify_pending_order_address.arguments,
  output: Order,
  execute: (given, { services: { database }, idempotencyKey }) =>
    performOnce(database, write, { given, idempotencyKey }),
  compensate: (_given, { services: { database }, idempotencyKey }) => compensate(database, idempotencyKey),
  lookup: ({ services: { database }, idempotencyKey }) => lookUp(database, write, idempotencyKey),
});
