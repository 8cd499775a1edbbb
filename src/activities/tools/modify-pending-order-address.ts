import { modifyPendingOrderAddress as write } from '../shop/modify-pending-order-address';
import { defineShopWrite } from './define-shop-write';

export const modifyPendingOrderAddress = defineShopWrite('Change the shipping address of a pending order.', write);
