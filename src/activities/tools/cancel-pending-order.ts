import { cancelPendingOrder as write } from '../shop/cancel-pending-order';
import { defineShopWrite } from './define-shop-write';

export const cancelPendingOrder = defineShopWrite(
  'Cancel a pending order and refund every payment to its method.',
  write,
);
