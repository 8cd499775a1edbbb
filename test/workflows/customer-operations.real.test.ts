import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { callTool } from '../../src/activities/call-tool';
import type { Services } from '../../src/activities/services';
import { shopData } from '../../src/activities/shop/shop-data';
import { openEmbeddedDatabase } from '../../src/activities/stores/embedded-database';
import { tools } from '../../src/activities/tools';
import type { ShopData } from '../../src/contracts/shop';
import type { OperationResult, ShopOperationCall } from '../../src/contracts/shop-operation-call';
import { isShopWrite } from '../../src/contracts/shop-operation-call';
import { shopOperations } from '../../src/contracts/shop-operations';
import { startCustomerWorld, type CustomerWorld } from '../support/customer-world';
import { operationsOn } from '../support/random-operations';
import { failureOf, parsed } from '../support/shop-world';

const root = join(__dirname, '../..');
const realFile = resolve(root, process.env['COUNTERPOINT_REAL_DATA'] ?? '../shared/data', 'retail/db.json');
const casesCount = 25;
const seed = 4711;

/** A shop on which operations are performed one by one, without a process. */
interface PlainShop {
  readonly data: ShopData;
  perform(call: ShopOperationCall): Promise<string>;
  close(): Promise<void>;
}

async function openPlainShop(): Promise<PlainShop> {
  const database = await openEmbeddedDatabase();
  const services = { database } as Services; // the shop's tools reach for nothing else
  let keys = 0;
  return {
    data: shopData(database, realFile),
    perform: (call) =>
      failureOf(
        callTool(
          { tools, services },
          {
            tool: shopOperations[call.name].tool,
            input: call.arguments,
            idempotencyKey: `plain ${(keys += 1)}`,
          },
        ),
      ),
    close: () => database.close(),
  };
}

/** A dump is too long to be read when it differs. */
async function digestOf(data: ShopData): Promise<string> {
  return createHash('sha256')
    .update(await data.dump())
    .digest('hex');
}

function wordOn(result: OperationResult): string {
  return 'refusal' in result ? `OperationRefused: ${result.refusal.reason}` : 'no failure';
}

if (!existsSync(realFile)) {
  it.skip(`the real shop: there is none at ${realFile}; set COUNTERPOINT_REAL_DATA to have this tested`, () =>
    undefined);
} else {
  describe('decided cases on the real shop', () => {
    let world: CustomerWorld;
    let plain: PlainShop;
    let cases: ShopOperationCall[][];
    beforeAll(async () => {
      [world, plain] = await Promise.all([startCustomerWorld(), openPlainShop()]);
      const json = readFileSync(realFile, 'utf8');
      await Promise.all([world.data.load(json), plain.data.load(json)]);
      const operations = fc.array(operationsOn(parsed(json), 60), { minLength: 3, maxLength: 10 });
      cases = fc.sample(operations, { numRuns: casesCount, seed });
    }, 120_000);
    afterAll(() => Promise.all([world.stop(), plain.close()]));
    beforeEach(() => Promise.all([world.data.reset(), plain.data.reset()]), 60_000);

    it('that go on after refusals leave the shop as the operations alone do, byte for byte', async () => {
      const counted = { done: 0, refused: 0 };
      for (const operations of cases) {
        const result = await world.work({ operations, onRefusal: 'continue' });
        if (result.outcome !== 'completed' || result.value.resolution !== 'executed') throw new Error('Not executed.');
        const words: string[] = [];
        for (const call of operations) words.push(await plain.perform(call));
        expect(result.value.operations.map(wordOn)).toEqual(words);
        counted.done += words.filter((word) => word === 'no failure').length;
        counted.refused += words.filter((word) => word !== 'no failure').length;
      }
      expect(await digestOf(world.data)).toBe(await digestOf(plain.data));
      expect(Math.min(counted.done, counted.refused)).toBeGreaterThan(casesCount);
    }, 240_000);

    it('are done wholly or not at all: the shop is that of those without a refused write', async () => {
      const outcomes = new Set<string>();
      for (const operations of cases) {
        const before = await digestOf(world.data);
        const { outcome } = await world.work({ operations });
        outcomes.add(outcome);
        if (outcome === 'completed') for (const call of operations) expect(await done(call)).toBe(true);
        else expect(await digestOf(world.data)).toBe(before);
      }
      expect(await digestOf(world.data)).toBe(await digestOf(plain.data));
      expect([...outcomes].sort()).toEqual(['completed', 'rolledBack']);
    }, 240_000);

    async function done(call: ShopOperationCall): Promise<boolean> {
      return (await plain.perform(call)) === 'no failure' || !isShopWrite(call);
    }
  });
}
