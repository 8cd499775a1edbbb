import { modifyUserAddress as write } from '../shop/modify-user-address';
import { defineShopWrite } from './define-shop-write';

export const modifyUserAddress = defineShopWrite('Change the default address of a customer.', write);
