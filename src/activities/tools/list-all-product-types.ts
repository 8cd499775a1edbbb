import * as z from 'zod/mini';
import { ShopId, ShopText } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { listProducts } from '../shop/list-products';
import { defineTool } from './define-tool';

export const listAllProductTypes = defineTool({
  description: 'List the names of all products with their ids.',
  effect: 'none',
  input: shopOperations.list_all_product_types.arguments,
  output: z.record(ShopText, ShopId),
  execute: (_given, { services: { database } }) => listProducts(database.query),
});
