import { Customer } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { modifyUserAddress as write } from '../shop/modify-user-address';
import { compensate, lookUp, performOnce } from '../shop/effects';
import { defineTool } from './define-tool';

export const modifyUserAddress = defineTool({
  description: 'Change the default address of a customer.',
  effect: 'compensatable',
  input: shopOperations.modify_user_address.arguments,
  output: Customer,
  execute: (given, { services: { database }, idempotencyKey }) =>
    performOnce(database, write, { given, idempotencyKey }),
  compensate: (_given, { services: { database }, idempotencyKey }) => compensate(database, idempotencyKey),
  lookup: ({ services: { database }, idempotencyKey }) => lookUp(database, write, idempotencyKey),
});
