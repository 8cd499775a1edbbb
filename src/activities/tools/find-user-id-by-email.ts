import { ShopId } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { findUserIdByEmail as find } from '../shop/find-customer';
import { defineTool } from './define-tool';

export const findUserIdByEmail = defineTool({
  description: 'Find the id of the customer with an e-mail address, ignoring case.',
  effect: 'none',
  input: shopOperations.find_user_id_by_email.arguments,
  output: ShopId,
  execute: (given, { services: { database } }) => find(database.query, given),
});
