import { returnDeliveredOrderItems as write } from '../shop/return-delivered-order-items';
import { defineShopWrite } from './define-shop-write';

export const returnDeliveredOrderItems = defineShopWrite('Request the return of items of a delivered order.', write);
