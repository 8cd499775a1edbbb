import { Order } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { modifyPendingOrderItems as write } from '../shop/modify-pending-order-items';
import { compensate, lookUp, performOnce } from '../shop/effects';
import { defineTool } from './define-tool';

export const modifyPendingOrderItems = defineTool({
  description: 'Change items of a pending order to other variants of their products, and settle the difference.',
  effect: 'compensatable',
  input: shopOperations.modify_pending_order_items.arguments,
  output: Order,
  execute: (given, { services: { database }, idempotencyKey }) =>
    performOnce(database, write, { given, idempotencyKey }),
  compensate: (_given, { services: { database }, idempotencyKey }) => compensate(database, idempotencyKey),
  lookup: ({ services: { database }, idempotencyKey }) => lookUp(database, write, idempotencyKey),
});
