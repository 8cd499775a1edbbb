import { Customer } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { readCustomer } from '../shop/records';
import { defineTool } from './define-tool';

export const getUserDetails = defineTool({
  description: 'Read the whole record of a customer.',
  effect: 'none',
  input: shopOperations.get_user_details.arguments,
  output: Customer,
  execute: ({ user_id }, { services: { database } }) => readCustomer(database.query, user_id),
});
