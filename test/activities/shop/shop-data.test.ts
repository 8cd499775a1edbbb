import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { shopData } from '../../../src/activities/shop/shop-data';
import { canonicalJson } from '../../../src/contracts/json';
import type { Shop } from '../../../src/contracts/shop';
import { cornerShop } from '../../support/corner-shop';
import { describeOnEachDatabase, failureOf, sampleFile } from '../../support/shop-world';

const root = join(__dirname, '../../..');
const realFile = resolve(root, process.env['COUNTERPOINT_REAL_DATA'] ?? '../shared/data', 'retail/db.json');

/** Sorts the keys of JSON text and leaves every number as it is written, without the project's own code. */
function canonicalText(json: string): string {
  const numbers: string[] = [];
  const marked = json.replace(/("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)/g, (_whole, text?: string, number?: string) =>
    number === undefined ? (text ?? '') : `"§${numbers.push(number) - 1}"`,
  );
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    // A map, since an object would put its keys that look like numbers first.
    return new Map(
      Object.entries(value)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, item]) => [key, sorted(item)]),
    );
  };
  const written = (value: unknown): string => {
    if (value instanceof Map)
      return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}:${written(item)}`).join(',')}}`;
    if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
    return JSON.stringify(value);
  };
  return written(sorted(JSON.parse(marked))).replace(/"§(\d+)"/g, (_mark, at: string) => numbers[Number(at)] ?? '');
}

/** The corner shop with something changed. */
function changed(change: (shop: Shop) => void): string {
  const shop = structuredClone(cornerShop);
  change(shop);
  return JSON.stringify(shop);
}

const unfit: readonly (readonly [string, string, RegExp])[] = [
  ['what is not JSON', '{"products": ', /not JSON/],
  ['a list', '[]', /not a shop/],
  ['a shop without orders', '{"products":{},"users":{}}', /orders/],
  ['a field that no shop has', changed((shop) => Object.assign(shop.users['bob']!, { vip: true })), /users\.bob.*vip/],
  [
    'a price of half a cent',
    changed((shop) => (shop.products['mug']!.variants['red']!.price = 5.005)),
    /exact to the cent/,
  ],
  ['a price below nothing', changed((shop) => (shop.products['mug']!.variants['red']!.price = -1)), /price/],
  ['an absurd price', changed((shop) => (shop.products['mug']!.variants['red']!.price = 1e12)), /price is over/],
  ['a price in words', changed((shop) => (shop.products['mug']!.variants['red']!.price = 'five' as never)), /price/],
  [
    'a balance too large for its digits',
    changed((shop) => Object.assign(shop.users['ann']!.payment_methods['ann-gift']!, { balance: 1e300 })),
    /balance/,
  ],
  [
    'an unknown source of payment',
    changed((shop) => Object.assign(shop.users['ann']!.payment_methods['ann-gift']!, { source: 'iou' })),
    /source/,
  ],
  ['a record under another name', changed((shop) => (shop.users['bob']!.user_id = 'rob')), /user bob calls itself rob/],
  [
    'an order of nobody',
    changed((shop) => (shop.orders['#gift']!.user_id = 'eve')),
    /#gift is of user eve, who does not exist/,
  ],
  [
    'an order that its user does not list',
    changed((shop) => shop.users['ann']!.orders.pop()),
    /#cancelled is not listed/,
  ],
  [
    'a listed order that does not exist',
    changed((shop) => shop.users['bob']!.orders.push('#none')),
    /#none, which does not exist/,
  ],
  ['a listed order of another', changed((shop) => shop.users['bob']!.orders.push('#gift')), /#gift, which is of ann/],
  ['an order listed twice', changed((shop) => shop.users['ann']!.orders.push('#gift')), /lists an order twice/],
  [
    'a payment by a method of nobody',
    changed((shop) => (shop.orders['#gift']!.payment_history[0]!.payment_method_id = 'x')),
    /paid by x/,
  ],
  [
    'one item of two products',
    changed((shop) =>
      Object.assign(shop.products['mug']!.variants, { brass: shop.products['lamp']!.variants['brass'] }),
    ),
    /brass is a variant of both/,
  ],
  ['text with a NUL', changed((shop) => (shop.users['bob']!.address.city = 'Bath\0')), /city/],
  [
    'a name that objects cannot keep',
    JSON.stringify(cornerShop).replace('"colour":"red"', '"__proto__":"red"'),
    /__proto__/,
  ],
];

describeOnEachDatabase('the shop’s data', (world) => {
  beforeEach(() => world().data.load(JSON.stringify(cornerShop)));

  it.each(unfit)('refuses %s, and keeps what was there', async (_what, json, message) => {
    await expect(world().data.load(json)).rejects.toThrow(message);
    expect(await failureOf(world().data.load(json))).toBe('InvalidInput');
    expect(JSON.parse(await world().data.dump())).toEqual(cornerShop);
  });

  it('names a few of many problems and counts the rest', async () => {
    const json = changed((shop) => {
      for (const order of Object.values(shop.orders)) order.user_id = 'eve';
    });
    await expect(world().data.load(json)).rejects.toThrow(/; and 5 more\.$/);
  });

  it('is dumped as canonical JSON with decimal amounts', async () => {
    const dump = await world().data.dump();
    expect(dump).toBe(canonicalText(dump));
    expect(dump).toContain('"balance":30.0');
    expect(dump).toContain('"price":12.35');
    expect(canonicalJson(JSON.parse(dump))).toBe(canonicalJson(cornerShop));
  });

  it('of the shipped shop comes out as it went in', async () => {
    const json = readFileSync(sampleFile, 'utf8');
    expect(await world().data.load(json)).toEqual({ products: 20, users: 40, orders: 80 });
    const dump = await world().data.dump();
    expect(canonicalJson(JSON.parse(dump))).toBe(canonicalJson(JSON.parse(json)));
    await world().data.load(dump);
    expect(await world().data.dump()).toBe(dump);
  });

  (existsSync(realFile) ? it : it.skip)(
    'of a real shop comes out byte for byte (skipped without COUNTERPOINT_REAL_DATA)',
    async () => {
      const json = readFileSync(realFile, 'utf8');
      expect(await world().data.load(json)).toEqual({ products: 50, users: 500, orders: 1_000 });
      expect((await world().data.dump()) === canonicalText(json)).toBe(true);
    },
    60_000,
  );

  it('keeps what operations have added, also when it is dumped and loaded', async () => {
    const { perform, data } = world();
    await perform('cancel_pending_order', { order_id: '#gift', reason: 'no longer needed' });
    await perform('exchange_delivered_order_items', {
      ...{ order_id: '#delivered', item_ids: ['brass'], new_item_ids: ['tin'], payment_method_id: 'ann-card' },
    });
    const dump = await data.dump();
    expect(dump).toContain('"exchange_price_difference":-1.1,');
    await data.load(dump);
    expect(await data.dump()).toBe(dump);
  });

  it('goes back to what was loaded, and forgets the effects', async () => {
    const { perform, data, lookUp } = world();
    const loaded = await data.dump();
    await perform('cancel_pending_order', { order_id: '#gift', reason: 'no longer needed' }, 'k');
    await perform('transfer_to_human_agents', { summary: 'Wants more.' });
    expect(await data.reset()).toEqual({ products: 2, users: 2, orders: 5 });
    expect(await data.dump()).toBe(loaded);
    expect(await lookUp('cancel_pending_order', 'k')).toBeUndefined();
    expect(await world().database.query('select 1 from hand_offs')).toEqual([]);
  });

  it('begins with the shipped shop where none was loaded, and is left alone where one was', async () => {
    const { data, database } = world();
    await shopData(database, sampleFile).begin();
    expect(JSON.parse(await data.dump())).toEqual(cornerShop);
    await database.query('truncate loaded_shop');
    await shopData(database, sampleFile).begin();
    expect(JSON.parse(await data.dump())).toEqual(JSON.parse(readFileSync(sampleFile, 'utf8')));
  });

  it('is dumped in one state while operations go on', async () => {
    const { perform, data, undo } = world();
    const before = await data.dump();
    const dumps = await Promise.all([
      data.dump(),
      perform('modify_pending_order_payment', { order_id: '#gift', payment_method_id: 'ann-card' }, 'k'),
      data.dump(),
    ]);
    const after = await data.dump();
    for (const dump of [dumps[0], dumps[2]]) expect([before, after]).toContain(dump);
    await undo('modify_pending_order_payment', 'k');
  });
});
