import { Variant } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { readVariant } from '../shop/records';
import { defineTool } from './define-tool';

export const getItemDetails = defineTool({
  description: 'Read the whole record of a variant of a product.',
  effect: 'none',
  input: shopOperations.get_item_details.arguments,
  output: Variant,
  execute: ({ item_id }, { services: { database } }) => readVariant(database.query, item_id),
});
