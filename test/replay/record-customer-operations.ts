/**
 * Records the golden histories of customer operations from sample cases, by hand:
 *
 *     npx tsx test/replay/record-customer-operations.ts CASE…
 *
 * As with the engine's, a history that is there already is never overwritten.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { CustomerCase } from '../../src/contracts/customer-case';
import { startCustomerWorld } from '../support/customer-world';
import { executionsOf } from '../support/engine-world';
import globalSetup from '../support/global-setup';
import { withoutTraces } from '../support/golden-history';

const cases = join(__dirname, '../../data/shop/cases');
const folder = join(__dirname, 'histories', 'customer-operations');

async function main(): Promise<void> {
  await globalSetup();
  await mkdir(folder, { recursive: true });
  const world = await startCustomerWorld();
  try {
    await world.data.reset();
    for (const name of process.argv.slice(2)) {
      const path = (part: number) => join(folder, `${name}-${part}.json`);
      if (existsSync(path(1))) continue;
      const given = CustomerCase.parse(JSON.parse(readFileSync(join(cases, `${name}.json`), 'utf8')));
      const handle = await world.start(given);
      await handle.result();
      for (const [index, history] of (await executionsOf(handle)).entries()) {
        await writeFile(path(index + 1), `${withoutTraces(historyToJSON(history))}\n`);
      }
    }
  } finally {
    await world.stop();
  }
}

void main();
