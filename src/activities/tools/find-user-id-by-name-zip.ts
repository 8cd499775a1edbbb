import { ShopId } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { findUserIdByNameZip as find } from '../shop/find-customer';
import { defineTool } from './define-tool';

export const findUserIdByNameZip = defineTool({
  description:
    'Find the id of the customer with a first name, a last name and a postal code, ignoring the case of names.',
  effect: 'none',
  input: shopOperations.find_user_id_by_name_zip.arguments,
  output: ShopId,
  execute: (given, { services: { database } }) => find(database.query, given),
});
