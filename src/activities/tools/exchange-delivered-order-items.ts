import { Order } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { exchangeDeliveredOrderItems as write } from '../shop/exchange-delivered-order-items';
import { compensate, lookUp, performOnce } from '../shop/effects';
import { defineTool } from './define-tool';

export const exchangeDeliveredOrderItems = defineTool({
  description: 'Request the exchange of items of a delivered order for other variants of their products.',
  effect: 'compensatable',
  input: shopOperations.exchange_delivered_order_items.arguments,
  output: Order,
  execute: (given, { services: { database }, idempotencyKey }) =>
    performOnce(database, write, { given, idempotencyKey }),
  compensate: (_given, { services: { database }, idempotencyKey }) => compensate(database, idempotencyKey),
  lookup: ({ services: { database }, idempotencyKey }) => lookUp(database, write, idempotencyKey),
});
