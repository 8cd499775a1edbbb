import { Product } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { readProduct } from '../shop/records';
import { defineTool } from './define-tool';

export const getProductDetails = defineTool({
  description: 'Read the whole record of a product with its variants.',
  effect: 'none',
  input: shopOperations.get_product_details.arguments,
  output: Product,
  execute: ({ product_id }, { services: { database } }) => readProduct(database.query, product_id),
});
