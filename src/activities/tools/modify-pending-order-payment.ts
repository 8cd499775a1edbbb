import { modifyPendingOrderPayment as write } from '../shop/modify-pending-order-payment';
import { defineShopWrite } from './define-shop-write';

export const modifyPendingOrderPayment = defineShopWrite(
  'Pay a pending order by another method and refund the first.',
  write,
);
