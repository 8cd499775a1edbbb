import fc from 'fast-check';
import { mapBounded } from '../../../src/workflows/engine/map';

const items = fc.array(fc.record({ ticks: fc.integer({ min: 1, max: 6 }), fails: fc.boolean() }), { maxLength: 25 });
const wellItems = fc.array(fc.record({ ticks: fc.integer({ min: 1, max: 6 }), fails: fc.constant(false) }), {
  maxLength: 25,
});
type Item = { readonly ticks: number; readonly fails: boolean };

/** Maps items that each take some turns of the event loop, and notes what happened. */
async function observe(given: readonly Item[], concurrencyMax: number) {
  const seen = { begun: [] as number[], failed: [] as number[], begunAfterFailure: 0, atOnce: 0, atOnceMost: 0 };
  const work = async ({ ticks, fails }: Item, index: number) => {
    if (seen.failed.length > 0) seen.begunAfterFailure += 1;
    seen.begun.push(index);
    seen.atOnce += 1;
    seen.atOnceMost = Math.max(seen.atOnceMost, seen.atOnce);
    for (let tick = 0; tick < ticks; tick += 1) await new Promise((resolve) => setImmediate(resolve));
    seen.atOnce -= 1;
    if (!fails) return `result ${index}`;
    seen.failed.push(index);
    throw new Error(`failure ${index}`);
  };
  const outcome = await mapBounded(given, work, concurrencyMax).catch((error: unknown) => (error as Error).message);
  return { outcome, ...seen };
}

describe('mapping with bounded concurrency', () => {
  it.each([0, -1, 1.5, Number.NaN])('refuses to work on %s items at once', async (concurrencyMax) => {
    const work = () => Promise.resolve('never');
    await expect(mapBounded(['a'], work, concurrencyMax)).rejects.toMatchObject({ type: 'InvalidInput' });
  });

  it('throws the first failure in the items’ order, once everything begun has ended', async () => {
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 6 }), async (given, concurrencyMax) => {
        const { outcome, failed, atOnce } = await observe(given, concurrencyMax);
        fc.pre(failed.length > 0);
        expect(outcome).toBe(`failure ${Math.min(...failed)}`);
        expect(atOnce).toBe(0);
      }),
    );
  });

  it('begins no item after a failure', async () => {
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 6 }), async (given, concurrencyMax) => {
        expect((await observe(given, concurrencyMax)).begunAfterFailure).toBe(0);
      }),
    );
  });

  it('never works on more items at once than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 6 }), async (given, concurrencyMax) => {
        expect((await observe(given, concurrencyMax)).atOnceMost).toBeLessThanOrEqual(concurrencyMax);
      }),
    );
  });

  it('keeps the items’ order and begins each item once', async () => {
    await fc.assert(
      fc.asyncProperty(wellItems, fc.integer({ min: 1, max: 6 }), async (given, concurrencyMax) => {
        const { outcome, begun } = await observe(given, concurrencyMax);
        expect(outcome).toEqual(given.map((_item, index) => `result ${index}`));
        expect(begun).toEqual(given.map((_item, index) => index));
      }),
    );
  });

  it('has nothing to do for no items', async () => {
    expect(await mapBounded([], () => Promise.reject(new Error('never called')))).toEqual([]);
  });
});
