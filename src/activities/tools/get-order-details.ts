import { Order } from '../../contracts/shop';
import { shopOperations } from '../../contracts/shop-operations';
import { readOrder } from '../shop/records';
import { defineTool } from './define-tool';

export const getOrderDetails = defineTool({
  description: 'Read the whole record of an order.',
  effect: 'none',
  input: shopOperations.get_order_details.arguments,
  output: Order,
  execute: ({ order_id }, { services: { database } }) => readOrder(database.query, order_id),
});
