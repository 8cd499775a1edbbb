import { shopOperations, type ShopArguments, type ShopOperation } from '../../contracts/shop-operations';
import { compensate, lookUp, performOnce, type ShopWrite } from '../shop/effects';
import { defineTool } from './define-tool';

/** Defines the tool of an operation that changes the shop: performed once under its key, found and undone by it. */
export function defineShopWrite<const Operation extends ShopOperation, Answer>(
  description: string,
  write: ShopWrite<Operation, Answer>,
) {
  const input: (typeof shopOperations)[Operation]['arguments'] = shopOperations[write.operation].arguments;
  return defineTool({
    description,
    effect: 'compensatable',
    input,
    output: write.answer,
    execute: (given: ShopArguments<Operation>, { services: { database }, idempotencyKey }) =>
      performOnce(database, write, { given, idempotencyKey }),
    compensate: (_given, { services: { database }, idempotencyKey }) => compensate(database, write, idempotencyKey),
    lookup: ({ services: { database }, idempotencyKey }) => lookUp(database, write, idempotencyKey),
  });
}
