import type { Order, Shop } from '../../src/contracts/shop';

const address = { address1: '1 Mill Lane', address2: '', city: 'Albany', country: 'USA', state: 'NY', zip: '12210' };

const variant = (item_id: string, price: number, available = true) => ({
  ...{ item_id, price, available },
  options: { colour: item_id },
});
const lamp = { name: 'Lamp', product_id: 'lamp' };
const mug = { name: 'Mug', product_id: 'mug' };
const brass = { ...lamp, item_id: 'brass', price: 10.1, options: { colour: 'brass' } };
const red = { ...mug, item_id: 'red', price: 5.05, options: { colour: 'red' } };

function order(order_id: string, user_id: string, rest: Partial<Order>): Order {
  return {
    ...{ order_id, user_id, address, items: [brass, red, brass], status: 'pending', fulfillments: [] },
    payment_history: [{ transaction_type: 'payment', amount: 25.25, payment_method_id: 'ann-card' }],
    ...rest,
  };
}

const paidByGiftCard: Partial<Order> = {
  items: [red],
  payment_history: [{ transaction_type: 'payment', amount: 5.05, payment_method_id: 'ann-gift' }],
};
const sent = { fulfillments: [{ tracking_id: ['1Z'], item_ids: ['brass', 'red', 'brass'] }] };

/** A shop small enough to know by heart: what each operation does to it can be reckoned by hand. */
export const cornerShop: Shop = {
  products: {
    lamp: {
      ...lamp,
      variants: {
        brass: variant('brass', 10.1),
        steel: variant('steel', 12.35),
        tin: variant('tin', 9),
        copper: variant('copper', 10.1),
        gold: variant('gold', 999.99),
        sold: variant('sold', 11, false),
      },
    },
    mug: { ...mug, variants: { red: variant('red', 5.05), blue: variant('blue', 6.1) } },
  },
  users: {
    ann: {
      user_id: 'ann',
      name: { first_name: 'Ann', last_name: 'O’Hara' },
      address,
      email: 'Ann.OHara@Example.org',
      payment_methods: {
        'ann-card': { source: 'credit_card', id: 'ann-card', brand: 'visa', last_four: '0042' },
        'ann-paypal': { source: 'paypal', id: 'ann-paypal' },
        'ann-gift': { source: 'gift_card', id: 'ann-gift', balance: 30 },
        'ann-coin': { source: 'gift_card', id: 'ann-coin', balance: 0.05 },
      },
      orders: ['#pending', '#gift', '#delivered', '#processed', '#cancelled'],
    },
    bob: {
      user_id: 'bob',
      name: { first_name: 'Bob', last_name: 'Ito' },
      address,
      email: 'bob@example.org',
      payment_methods: { 'bob-card': { source: 'credit_card', id: 'bob-card', brand: 'visa', last_four: '7777' } },
      orders: [],
    },
  },
  orders: {
    '#pending': order('#pending', 'ann', {}),
    '#gift': order('#gift', 'ann', paidByGiftCard),
    '#delivered': order('#delivered', 'ann', { status: 'delivered', ...sent }),
    '#processed': order('#processed', 'ann', { status: 'processed', ...sent }),
    '#cancelled': order('#cancelled', 'ann', { status: 'cancelled' }),
  },
};
