import { Order } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { returnDeliveredOrderItems as write } from '../shop/return-delivered-order-items';
import { compensate, lookUp, performOnce } from '../shop/effects';
import { defineTool } from './define-tool';

export const returnDeliveredOrderItems = defineTool({
  description: 'Request the return of items of a delivered order.',
  effect: 'compensatable',
  input: shopOperations.return_delivered_order_items.arguments,
  output: Order,
  execute: (given, { services: { database }, idempotencyKey }) =>
    performOnce(database, write, { given, idempotencyKey }),
  compensate: (_given, { services: { database }, idempotencyKey }) => compensate(database, idempotencyKey),
  lookup: ({ services: { database }, idempotencyKey }) => lookUp(database, write, idempotencyKey),
});
