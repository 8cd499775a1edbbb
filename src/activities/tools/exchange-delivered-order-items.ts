import { exchangeDeliveredOrderItems as write } from '../shop/exchange-delivered-order-items';
import { defineShopWrite } from './define-shop-write';

export const exchangeDeliveredOrderItems = defineShopWrite(
  'Request the exchange of items of a delivered order for other variants of their products.',
  write,
);
