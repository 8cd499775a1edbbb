import { readFileSync } from 'node:fs';
import { parseShop } from '../../src/activities/shop/check-shop';
import { generateShop } from '../../src/build/shop/generate-shop';
import { samplePlan } from '../../src/build/shop/sample-plan';
import { sampleFile } from '../support/shop-world';

const shipped = readFileSync(sampleFile, 'utf8');

describe('the shipped shop', () => {
  it('is what its generator makes, and another seed makes another', () => {
    expect(JSON.parse(shipped)).toEqual(generateShop(samplePlan));
    expect(generateShop({ ...samplePlan, seed: 1 })).not.toEqual(generateShop(samplePlan));
  });

  it('fits together, and so does a larger one', () => {
    expect(() => parseShop(shipped)).not.toThrow();
    const larger = generateShop({ seed: 7, customers: 300, orders: 900 });
    expect(() => parseShop(JSON.stringify(larger))).not.toThrow();
  });

  it('has what operations need: every status, every kind of method, doubled items, items sold out, a new customer', () => {
    const { orders, users, products } = parseShop(shipped);
    const all = Object.values(orders);
    expect(new Set(all.map(({ status }) => status))).toEqual(
      new Set(['pending', 'processed', 'delivered', 'cancelled']),
    );
    const methods = Object.values(users).flatMap(({ payment_methods }) => Object.values(payment_methods));
    expect(new Set(methods.map(({ source }) => source)).size).toBe(3);
    expect(methods.some((method) => method.source === 'gift_card' && method.balance === 0)).toBe(true);
    expect(all.some(({ items }) => new Set(items.map(({ item_id }) => item_id)).size < items.length)).toBe(true);
    const variants = Object.values(products).flatMap((product) => Object.values(product.variants));
    expect(variants.some(({ available }) => !available)).toBe(true);
    expect(Object.values(users).some((user) => user.orders.length === 0)).toBe(true);
  });
});
