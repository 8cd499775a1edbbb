import type { Customer, Order, OrderItem, PaymentMethod, Payment, Product, Shop, Variant } from '../../contracts/shop';
import { chanceOf, type Chance } from './chance';
import { cardBrands, firstNames, lastNames, places, productKinds, streets, type ProductKind } from './vocabulary';

const variantsMax = 8;
const itemsMax = 4;
const statuses = ['pending', 'pending', 'pending', 'delivered', 'delivered', 'delivered', 'processed', 'cancelled'];

/** How large a shop is to be, and from which seed. */
export interface ShopPlan {
  readonly seed: number;
  readonly customers: number;
  readonly orders: number;
}

/** Makes up a shop; the same plan makes the same shop. */
export function generateShop({ seed, customers, orders }: ShopPlan): Shop {
  const chance = chanceOf(seed);
  const products = productKinds.map((kind) => productOf(chance, kind));
  const users = Array.from({ length: customers }, () => customerOf(chance));
  // The last customer has bought nothing yet.
  const buyers = users.slice(0, -1);
  const bought = Array.from({ length: orders }, () => orderOf(chance, chance.one(buyers), products));
  return {
    products: Object.fromEntries(products.map((product) => [product.product_id, product])),
    users: Object.fromEntries(users.map((user) => [user.user_id, user])),
    orders: Object.fromEntries(bought.map((order) => [order.order_id, order])),
  };
}

function productOf(chance: Chance, { name, options, fromCents, toCents }: ProductKind): Product {
  const choices = choicesOf(Object.entries(options)).slice(0, variantsMax);
  const standardCents = chance.whole(fromCents, toCents);
  const variants = choices.map((choice): Variant => {
    // Some variants cost the same, and some a whole amount.
    const cents = chance.oneIn(3) ? standardCents : chance.whole(fromCents, toCents);
    const price = chance.oneIn(5) ? Math.round(cents / 100) : cents / 100;
    return { item_id: chance.newDigits(10), options: choice, available: !chance.oneIn(5), price };
  });
  return {
    name,
    product_id: chance.newDigits(10),
    variants: Object.fromEntries(variants.map((variant) => [variant.item_id, variant])),
  };
}

function choicesOf(options: readonly (readonly [string, readonly string[]])[]): Record<string, string>[] {
  const [first, ...others] = options;
  if (first === undefined) return [{}];
  const [name, values] = first;
  return choicesOf(others).flatMap((choice) => values.map((value) => ({ [name]: value, ...choice })));
}

function customerOf(chance: Chance): Customer {
  const [first_name, last_name] = [chance.one(firstNames), chance.one(lastNames)];
  const stem = `${first_name}_${last_name}`.toLowerCase().replace(/[^a-z_]/g, '');
  const methods = methodsOf(chance);
  return {
    user_id: `${stem}_${chance.newDigits(4)}`,
    name: { first_name, last_name },
    address: addressOf(chance),
    email: `${stem.replace('_', '.')}${chance.newDigits(4)}@example.org`,
    payment_methods: Object.fromEntries(methods.map((method) => [method.id, method])),
    orders: [],
  };
}

function methodsOf(chance: Chance): PaymentMethod[] {
  const card = (): PaymentMethod => ({
    ...{ source: 'credit_card', id: `credit_card_${chance.newDigits(7)}` },
    ...{ brand: chance.one(cardBrands), last_four: String(chance.whole(1_000, 9_999)) },
  });
  const paypal = (): PaymentMethod => ({ source: 'paypal', id: `paypal_${chance.newDigits(7)}` });
  const giftCard = (): PaymentMethod => {
    const balance = chance.oneIn(4) ? 0 : chance.whole(100, 40_000) / 100;
    return { source: 'gift_card', id: `gift_card_${chance.newDigits(7)}`, balance };
  };
  const first = chance.one([card, card, paypal, giftCard])();
  return chance.oneIn(4) ? [first] : [first, ...(chance.oneIn(2) ? [card()] : []), giftCard()];
}

function addressOf(chance: Chance): Customer['address'] {
  const { zip, ...place } = chance.one(places);
  return {
    address1: `${chance.whole(1, 240)} ${chance.one(streets)}`,
    address2: chance.oneIn(2) ? '' : `Apartment ${chance.whole(1, 40)}`,
    ...place,
    zip: `${zip}${chance.whole(10, 99)}`,
  };
}

/** Makes an order and enters it in its customer's list. */
function orderOf(chance: Chance, customer: Customer, products: readonly Product[]): Order {
  const order_id = `#W${chance.newDigits(7)}`;
  customer.orders.push(order_id);
  const items = itemsOf(chance, products);
  const status = chance.one(statuses);
  const cents = items.reduce((sum, { price }) => sum + Math.round(price * 100), 0);
  const [payment_method_id = ''] = Object.keys(customer.payment_methods);
  const paid = (transaction_type: Payment['transaction_type']) => ({
    ...{ transaction_type, amount: cents / 100, payment_method_id },
  });
  const isSent = status === 'delivered' || status === 'processed';
  return {
    order_id,
    user_id: customer.user_id,
    address: chance.oneIn(4) ? addressOf(chance) : customer.address,
    items,
    status,
    fulfillments: isSent
      ? [{ tracking_id: [chance.newDigits(12)], item_ids: items.map(({ item_id }) => item_id) }]
      : [],
    payment_history: status === 'cancelled' ? [paid('payment'), paid('refund')] : [paid('payment')],
  };
}

function itemsOf(chance: Chance, products: readonly Product[]): OrderItem[] {
  const items = Array.from({ length: chance.whole(1, itemsMax) }, (): OrderItem => {
    const { name, product_id, variants } = chance.one(products);
    const { item_id, price, options } = chance.one(Object.values(variants));
    return { name, product_id, item_id, price, options };
  });
  const [first] = items;
  // Some order the same thing twice.
  return first !== undefined && chance.oneIn(6) ? [...items, first] : items;
}
