import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { moveCustomer, type Move } from '../../docs/examples/hand-written-workflow';
import { createActivities } from '../../src/activities';
import { noModels } from '../../src/activities/models/no-models';
import type { Services } from '../../src/activities/services';
import { shopData } from '../../src/activities/shop/shop-data';
import { openEmbeddedDatabase } from '../../src/activities/stores/embedded-database';
import type { Database } from '../../src/activities/stores/database';
import { tools } from '../../src/activities/tools';
import { parsed, sampleFile } from '../support/shop-world';

const logger = new DefaultLogger('ERROR', () => undefined);
const address = { address1: '1 New Road', address2: '', city: 'Troy', state: 'NY', country: 'USA', zip: '12180' };

let environment: TestWorkflowEnvironment;
let database: Database;

beforeAll(async () => {
  Runtime.install({ logger });
  const path = process.env['TEMPORAL_TEST_SERVER_PATH'] ?? '';
  environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  database = await openEmbeddedDatabase();
});

afterAll(async () => {
  await environment.teardown();
  await database.close();
});

/** Runs the example on the sample shop, and gives what it came to with the shop before and after. */
async function moved(moveOf: (shop: ReturnType<typeof parsed>) => Move) {
  const shop = shopData(database, sampleFile);
  await shop.reset();
  const before = parsed(await shop.dump());
  const move = moveOf(before);
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue: 'by-hand',
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: join(__dirname, '../../docs/examples/hand-written-workflow.ts'),
      logger,
    }),
    activities: createActivities({
      ...noModels,
      ...{ agents: {}, tools, rules: {}, policies: { sameQuestionMax: 1 } },
      services: { database } as unknown as Services, // the shop's tools reach for nothing else
      artifacts: { put: () => Promise.reject(new Error('none')), get: () => Promise.reject(new Error('none')) },
      modelOf: () => () => Promise.reject(new Error('none')),
    }),
  });
  const result = await worker.runUntil(
    environment.client.workflow.execute(moveCustomer, {
      taskQueue: 'by-hand',
      workflowId: `move-${move.order}`,
      args: [move],
    }),
  );
  return { result, move, before, after: parsed(await shop.dump()) };
}

function orderThatIs(shop: ReturnType<typeof parsed>, status: string): Move {
  const [order, record] = Object.entries(shop.orders).find(([, one]) => one.status === status)!;
  return { customer: record.user_id, order, address };
}

describe('the workflow that is written by hand in the documentation', () => {
  it('changes nothing when its second effect is refused', async () => {
    const { result, before, after } = await moved((shop) => orderThatIs(shop, 'delivered'));
    expect(result).toBe('unchanged');
    expect(after).toEqual(before);
  });

  it('changes both addresses', async () => {
    const { result, move, after } = await moved((shop) => orderThatIs(shop, 'pending'));
    expect(result).toBe('moved');
    expect(after.users[move.customer]?.address).toEqual(address);
    expect(after.orders[move.order]?.address).toEqual(address);
  });
});
