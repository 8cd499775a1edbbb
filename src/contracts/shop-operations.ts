import * as z from 'zod/mini';
import { ShopId, ShopText, shopText } from './shop';

/** The longest summary, expression and list that an operation takes. */
const summaryMax = 10_000;
const expressionMax = 1_000;
const itemsMax = 100;

const addressFields = {
  address1: ShopText.check(z.minLength(1)),
  address2: ShopText,
  city: ShopText.check(z.minLength(1)),
  state: ShopText.check(z.minLength(1)),
  country: ShopText.check(z.minLength(1)),
  zip: ShopText.check(z.minLength(1)),
};
const items = z.array(ShopId).check(z.minLength(1), z.maxLength(itemsMax));

/**
 * The operations of the service desk by the names under which cases ask for them: the tool that does each, and the
 * arguments that it takes.
 */
export const shopOperations = {
  find_user_id_by_email: { tool: 'findUserIdByEmail', arguments: z.strictObject({ email: ShopText }) },
  find_user_id_by_name_zip: {
    tool: 'findUserIdByNameZip',
    arguments: z.strictObject({ first_name: ShopText, last_name: ShopText, zip: ShopText }),
  },
  get_user_details: { tool: 'getUserDetails', arguments: z.strictObject({ user_id: ShopId }) },
  get_order_details: { tool: 'getOrderDetails', arguments: z.strictObject({ order_id: ShopId }) },
  get_product_details: { tool: 'getProductDetails', arguments: z.strictObject({ product_id: ShopId }) },
  get_item_details: { tool: 'getItemDetails', arguments: z.strictObject({ item_id: ShopId }) },
  list_all_product_types: { tool: 'listAllProductTypes', arguments: z.strictObject({}) },
  calculate: {
    tool: 'calculate',
    arguments: z.strictObject({ expression: z.string().check(z.minLength(1), z.maxLength(expressionMax)) }),
  },
  cancel_pending_order: {
    tool: 'cancelPendingOrder',
    arguments: z.strictObject({ order_id: ShopId, reason: ShopText }),
  },
  modify_pending_order_address: {
    tool: 'modifyPendingOrderAddress',
    arguments: z.strictObject({ order_id: ShopId, ...addressFields }),
  },
  modify_pending_order_payment: {
    tool: 'modifyPendingOrderPayment',
    arguments: z.strictObject({ order_id: ShopId, payment_method_id: ShopId }),
  },
  modify_pending_order_items: {
    tool: 'modifyPendingOrderItems',
    arguments: z.strictObject({ order_id: ShopId, item_ids: items, new_item_ids: items, payment_method_id: ShopId }),
  },
  return_delivered_order_items: {
    tool: 'returnDeliveredOrderItems',
    arguments: z.strictObject({ order_id: ShopId, item_ids: items, payment_method_id: ShopId }),
  },
  exchange_delivered_order_items: {
    tool: 'exchangeDeliveredOrderItems',
    arguments: z.strictObject({ order_id: ShopId, item_ids: items, new_item_ids: items, payment_method_id: ShopId }),
  },
  modify_user_address: {
    tool: 'modifyUserAddress',
    arguments: z.strictObject({ user_id: ShopId, ...addressFields }),
  },
  transfer_to_human_agents: {
    tool: 'transferToHumanAgents',
    arguments: z.strictObject({ summary: shopText(summaryMax).check(z.minLength(1)) }),
  },
} as const satisfies Record<string, { readonly tool: string; readonly arguments: z.ZodMiniType }>;

export type ShopOperation = keyof typeof shopOperations;

export type ShopArguments<Operation extends ShopOperation> = z.output<(typeof shopOperations)[Operation]['arguments']>;

/** Why an operation was refused, for programs: `reason` in the details of an `OperationRefused`. */
export const refusals = [
  'notFound',
  'ambiguous',
  'notArithmetic',
  'wrongStatus',
  'wrongReason',
  'wrongPaymentHistory',
  'sameMethod',
  'wrongMethod',
  'giftCardCannotPay',
  'itemNotInOrder',
  'listsDiffer',
  'sameItem',
  'wrongVariant',
  'caseTaken',
  'notTheirs',
] as const;
export type Refusal = (typeof refusals)[number];
