import { modifyPendingOrderItems as write } from '../shop/modify-pending-order-items';
import { defineShopWrite } from './define-shop-write';

export const modifyPendingOrderItems = defineShopWrite(
  'Change items of a pending order to other variants of their products, and settle the difference.',
  write,
);
