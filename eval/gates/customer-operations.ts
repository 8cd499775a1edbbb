import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailer } from '../../src/activities/outside/mailer';
import { paymentProvider } from '../../src/activities/outside/payment-provider';
import type { Services } from '../../src/activities/services';
import { shopData } from '../../src/activities/shop/shop-data';
import type { Database } from '../../src/activities/stores/database';
import { openEmbeddedDatabase } from '../../src/activities/stores/embedded-database';
import { openMatters } from '../../src/activities/stores/matters';
import { startMailer } from '../../src/outside/mailer';
import { startPaymentProvider } from '../../src/outside/payment-provider';
import type { Subject, Systems } from './subject';

const shop = join(__dirname, '..', '..', 'data', 'shop');

/** Written cases of customer operations: the decided ones ask no agent. Each run has a shop of its own. */
export const customerOperations: Subject = {
  name: 'customerOperations',
  async inputs() {
    const folder = join(shop, 'cases');
    const names = (await readdir(folder)).sort();
    const cases = await Promise.all(
      names.map(async (name) => ({ name, input: JSON.parse(await readFile(join(folder, name), 'utf8')) as object })), // the process parses it
    );
    return cases.filter(({ input }) => 'message' in input);
  },
  ownSystems,
  close: async () => {
    await Promise.all(idle.splice(0).map((database) => database.close()));
  },
};

/** Databases between two runs: one takes longer to open than a case to be worked on. */
const idle: Database[] = [];

async function ownSystems(shared: Services): Promise<Systems> {
  const folder = await mkdtemp(join(tmpdir(), 'counterpoint-gates-case-'));
  const onTrouble = (error: unknown): never => {
    throw error;
  };
  const [database, provider, post] = await Promise.all([
    idle.pop() ?? openEmbeddedDatabase(),
    startPaymentProvider({ file: join(folder, 'refunds.jsonl'), port: 0, onTrouble }),
    startMailer({ file: join(folder, 'messages.jsonl'), port: 0, onTrouble }),
  ]);
  const data = shopData(database, join(shop, 'shop.json'));
  await data.reset();
  return {
    services: {
      ...shared,
      ...{ database, matters: openMatters(database) },
      ...{ payments: paymentProvider(provider.url), mailer: mailer(post.url) },
    },
    state: async () => ({
      shop: JSON.parse(await data.dump()) as unknown,
      mails: await (await fetch(`${post.url}/v1/messages`)).json(),
      refunds: await (await fetch(`${provider.url}/v1/refunds`)).json(),
    }),
    async close() {
      idle.push(database);
      await Promise.all([provider.close(), post.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
