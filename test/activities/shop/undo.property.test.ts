import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Order, Shop } from '../../../src/contracts/shop';
import type { ShopOperation } from '../../../src/contracts/shop-operations';
import { describeOnEachDatabase, failureOf, parsed, sampleFile } from '../../support/shop-world';

const sample = JSON.parse(readFileSync(sampleFile, 'utf8')) as Shop; // held against its schema by another test
const orders = Object.values(sample.orders);
const runs = 60;

interface Asked {
  readonly operation: ShopOperation;
  readonly given: object;
}

const operations = [
  ...['cancel_pending_order', 'modify_pending_order_address', 'modify_pending_order_payment', 'modify_user_address'],
  ...['modify_pending_order_items', 'return_delivered_order_items', 'exchange_delivered_order_items'],
] as const;

/** Mostly what may well be done, on few orders, so that operations meet; now and then something wrong. */
const asked: fc.Arbitrary<Asked> = fc
  .record({
    operation: fc.constantFrom(...operations),
    order: fc.constantFrom(...orders.slice(0, 30)),
    methodAt: fc.nat(9),
    itemsAt: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }),
    variantAt: fc.array(fc.nat(7), { minLength: 3, maxLength: 3 }),
    text: fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !text.includes('\0')),
    isStray: fc.boolean().chain((one) => (one ? fc.nat(5).map((at) => at === 0) : fc.constant(false))),
  })
  .map(({ operation, order, methodAt, itemsAt, variantAt, text, isStray }) => {
    const methods = Object.keys(sample.users[isStray ? orders[0]!.user_id : order.user_id]!.payment_methods);
    const items = [...new Set(itemsAt.map((at) => at % order.items.length))].map((at) => order.items[at]!);
    const of = { order_id: order.order_id, payment_method_id: methods[methodAt % methods.length]! };
    const item_ids = items.map(({ item_id }) => item_id);
    const place = { address1: text, address2: '', city: text, state: 'ME', country: 'USA', zip: '04530' };
    const replacing = { ...of, item_ids, new_item_ids: items.map((item, at) => newIdOf(item, variantAt[at]!)) };
    const given: Record<(typeof operations)[number], object> = {
      cancel_pending_order: { order_id: order.order_id, reason: isStray ? text : 'no longer needed' },
      modify_pending_order_address: { order_id: order.order_id, ...place },
      modify_pending_order_payment: of,
      modify_user_address: { user_id: order.user_id, ...place },
      modify_pending_order_items: replacing,
      return_delivered_order_items: { ...of, item_ids },
      exchange_delivered_order_items: replacing,
    };
    return { operation, given: given[operation] };
  });

function newIdOf({ product_id }: Order['items'][number], at: number): string {
  const variants = Object.values(sample.products[product_id]!.variants);
  return variants[at % variants.length]!.item_id;
}

const money = (shop: Shop): number =>
  Object.values(shop.users)
    .flatMap(({ payment_methods }) => Object.values(payment_methods))
    .reduce((sum, method) => sum + (method.source === 'gift_card' ? Math.round(method.balance * 100) : 0), 0);

/** What gift cards have paid less what they were refunded, by the histories of all orders. */
const paidByGiftCards = (shop: Shop): number =>
  Object.values(shop.orders)
    .flatMap(({ payment_history }) => payment_history)
    .filter(({ payment_method_id }) => payment_method_id.startsWith('gift_card'))
    .reduce(
      (sum, { transaction_type, amount }) => sum + (transaction_type === 'payment' ? 1 : -1) * Math.round(amount * 100),
      0,
    );

describeOnEachDatabase('a random sequence of operations', (world) => {
  beforeAll(() => world().data.load(JSON.stringify(sample)));
  const counted = { done: 0, refused: 0, sequences: 0 };
  const newKeys = () => {
    const sequence = (counted.sequences += 1);
    return (at: number) => `sequence ${sequence} step ${at}`;
  };

  /** Does what is asked under the key of its place, and says whether it was done. */
  const performAll = async (sequence: readonly Asked[], keyOf: (at: number) => string): Promise<boolean[]> => {
    const done: boolean[] = [];
    for (const [at, { operation, given }] of sequence.entries()) {
      const failed = await failureOf(world().perform(operation, given, keyOf(at)));
      expect(failed).toMatch(/^(no failure|OperationRefused: )/);
      done.push(failed === 'no failure');
    }
    return done;
  };

  it('done twice with the same keys is done once; undone newest first it never was', async () => {
    const { data, undo } = world();
    const initial = await data.dump();
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 12 }), async (sequence) => {
        const keyOf = newKeys();
        const done = await performAll(sequence, keyOf);
        const once = await data.dump();
        expect(money(parsed(once)) + paidByGiftCards(parsed(once))).toBe(money(sample) + paidByGiftCards(sample));
        // What was refused may be done now that others are; what was done must not be done again.
        for (const [at, { operation, given }] of sequence.entries()) {
          if (done[at] === true) await world().perform(operation, given, keyOf(at));
        }
        expect(await data.dump()).toBe(once);
        for (const [at, { operation }] of [...sequence.entries()].reverse()) await undo(operation, keyOf(at));
        expect(await data.dump()).toBe(initial);
        counted.done += done.filter(Boolean).length;
        counted.refused += done.filter((was) => !was).length;
      }),
      // Shrinking would begin on what a failed sequence left behind.
      { numRuns: runs, endOnFailure: true },
    );
    expect(counted.done).toBeGreaterThan(runs);
    expect(counted.refused).toBeGreaterThan(runs);
  }, 120_000);

  it('at once leaves the shop as some order of them would: every undo finds its way back', async () => {
    const { data, perform, undo } = world();
    const initial = await data.dump();
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 2, maxLength: 8 }), async (sequence) => {
        const keyOf = newKeys();
        const ended: number[] = [];
        await Promise.all(
          sequence.map(async ({ operation, given }, at) => {
            if ((await failureOf(perform(operation, given, keyOf(at)))) === 'no failure') ended.push(at);
          }),
        );
        const after = parsed(await data.dump());
        expect(money(after) + paidByGiftCards(after)).toBe(money(sample) + paidByGiftCards(sample));
        // Which of two came first is not known here, so a blocked undo waits for those that build on it.
        for (let left = ended; left.length > 0;) {
          const blocked: number[] = [];
          for (const at of left) {
            if ((await failureOf(undo(sequence[at]!.operation, keyOf(at)))) !== 'no failure') blocked.push(at);
          }
          expect(blocked.length).toBeLessThan(left.length);
          left = blocked;
        }
        expect(await data.dump()).toBe(initial);
      }),
      { numRuns: runs / 2, endOnFailure: true },
    );
  }, 120_000);
});
