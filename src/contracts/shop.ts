import * as z from 'zod/mini';

/** The longest text and list that a shop holds. */
const textMax = 2_000;
const listMax = 1_000;
/** As much as a number of whole cents can hold exactly. */
const amountMax = 90_000_000_000_000;

/** Text that a database can hold as it is: no NUL, no half of a surrogate pair. */
export function shopText(lengthMax: number) {
  return z.string().check(
    z.maxLength(lengthMax),
    z.refine((text) => !/[\0\p{Surrogate}]/u.test(text), { error: 'expected text without NUL and broken characters' }),
  );
}
export const ShopText = shopText(textMax);

/** A name that records refer to each other by. */
export const ShopId = shopText(200).check(z.minLength(1));

/** A sum of money as a decimal number of at most two places. */
const Amount = z.number().check(
  z.gte(-amountMax),
  z.lte(amountMax),
  z.refine((amount) => Math.round(amount * 100) / 100 === amount, { error: 'expected an amount exact to the cent' }),
);
const Price = Amount.check(z.gte(0));

export const Address = z.strictObject({
  address1: ShopText,
  address2: ShopText,
  city: ShopText,
  country: ShopText,
  state: ShopText,
  zip: ShopText,
});
export type Address = z.infer<typeof Address>;

const Options = z.record(ShopText, ShopText);

export const Variant = z.strictObject({ item_id: ShopId, options: Options, available: z.boolean(), price: Price });
export type Variant = z.infer<typeof Variant>;

export const Product = z.strictObject({ name: ShopText, product_id: ShopId, variants: z.record(ShopId, Variant) });
export type Product = z.infer<typeof Product>;

export const PaymentMethod = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('credit_card'), id: ShopId, brand: ShopText, last_four: ShopText }),
  z.strictObject({ source: z.literal('paypal'), id: ShopId }),
  z.strictObject({ source: z.literal('gift_card'), id: ShopId, balance: Price }),
]);
export type PaymentMethod = z.infer<typeof PaymentMethod>;

export const Customer = z.strictObject({
  user_id: ShopId,
  name: z.strictObject({ first_name: ShopText, last_name: ShopText }),
  address: Address,
  email: ShopText,
  payment_methods: z.record(ShopId, PaymentMethod),
  orders: z.array(ShopId).check(z.maxLength(listMax)),
});
export type Customer = z.infer<typeof Customer>;

export const OrderItem = z.strictObject({
  name: ShopText,
  product_id: ShopId,
  item_id: ShopId,
  price: Price,
  options: Options,
});
export type OrderItem = z.infer<typeof OrderItem>;

export const Payment = z.strictObject({
  transaction_type: z.enum(['payment', 'refund']),
  amount: Price,
  payment_method_id: ShopId,
});
export type Payment = z.infer<typeof Payment>;

const ids = z.array(ShopId).check(z.maxLength(listMax));

/** An order. The fields after `payment_history` are there once the action that sets them was taken. */
export const Order = z.strictObject({
  order_id: ShopId,
  user_id: ShopId,
  address: Address,
  items: z.array(OrderItem).check(z.maxLength(listMax)),
  status: ShopText,
  fulfillments: z.array(z.strictObject({ tracking_id: ids, item_ids: ids })).check(z.maxLength(listMax)),
  payment_history: z.array(Payment).check(z.maxLength(listMax)),
  cancel_reason: z.optional(ShopText),
  return_items: z.optional(ids),
  return_payment_method_id: z.optional(ShopId),
  exchange_items: z.optional(ids),
  exchange_new_items: z.optional(ids),
  exchange_payment_method_id: z.optional(ShopId),
  exchange_price_difference: z.optional(Amount),
});
export type Order = z.infer<typeof Order>;

/** A whole shop, as it is loaded and dumped. */
export const Shop = z.strictObject({
  products: z.record(ShopId, Product),
  users: z.record(ShopId, Customer),
  orders: z.record(ShopId, Order),
});
export type Shop = z.infer<typeof Shop>;

/** How much a shop holds. */
export interface ShopSize {
  readonly products: number;
  readonly users: number;
  readonly orders: number;
}

/** The shop's records as a whole. Each of these happens wholly or not at all. */
export interface ShopData {
  /**
   * Replaces everything by the shop that a JSON text holds.
   *
   * @throws `InvalidInput` saying what does not fit; then nothing is changed
   */
  readonly load: (json: string) => Promise<ShopSize>;
  /** The shop as canonical JSON: keys sorted, no white space, amounts as `12.5` and `12.0`. */
  readonly dump: () => Promise<string>;
  /** Brings the shop back to what was last loaded, by default the shop that comes with the project. */
  readonly reset: () => Promise<ShopSize>;
}
