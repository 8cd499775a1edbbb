import { join } from 'node:path';
import { callTool } from '../../src/activities/call-tool';
import type { Services } from '../../src/activities/services';
import { shopData } from '../../src/activities/shop/shop-data';
import type { Database } from '../../src/activities/stores/database';
import { openEmbeddedDatabase } from '../../src/activities/stores/embedded-database';
import { openServerDatabase } from '../../src/activities/stores/server-database';
import { tools, type Tools } from '../../src/activities/tools';
import { Failure } from '../../src/contracts/failures';
import type { Customer, Order, Shop, ShopData } from '../../src/contracts/shop';
import { shopOperations, type ShopOperation } from '../../src/contracts/shop-operations';
import { hasPostgres, startPostgres, type TestServer } from './postgres';

export const sampleFile = join(__dirname, '../../data/shop/shop.json');

/** A shop on a real database, worked on through the tools. */
export interface ShopWorld {
  readonly database: Database;
  readonly data: ShopData;
  /** Does an operation as a run's step does it. */
  readonly perform: (operation: ShopOperation, given: object, idempotencyKey?: string) => Promise<unknown>;
  readonly undo: (operation: ShopOperation, idempotencyKey: string) => Promise<void>;
  readonly lookUp: (operation: ShopOperation, idempotencyKey: string) => Promise<unknown>;
  order(orderId: string): Promise<Order>;
  customer(userId: string): Promise<Customer>;
  close(): Promise<void>;
}

/** Describes what holds on the embedded database and on a PostgreSQL server, and says so when there is no server. */
export function describeOnEachDatabase(name: string, describeOn: (world: () => ShopWorld) => void): void {
  describe(`${name}, on PGlite`, () => {
    describeOn(worldDuring(() => openEmbeddedDatabase()));
  });
  if (!hasPostgres()) {
    it.skip(`${name}, on PostgreSQL: install a server or set DATABASE_URL to have this tested`, () => undefined);
    return;
  }
  describe(`${name}, on PostgreSQL`, () => {
    const running: { server?: TestServer } = {};
    const world = worldDuring(async () => {
      running.server = await startPostgres();
      return openServerDatabase(await running.server.newDatabase());
    });
    afterAll(() => running.server?.stop());
    describeOn(world);
  });
}

function worldDuring(open: () => Promise<Database>): () => ShopWorld {
  const opened: { world?: ShopWorld } = {};
  beforeAll(async () => {
    opened.world = shopWorld(await open());
  });
  afterAll(() => opened.world?.close());
  return () => opened.world!;
}

/** The tools over a database. */
function shopWorld(database: Database): ShopWorld {
  const services = { database } as Services; // the shop's tools reach for nothing else
  let keys = 0;
  const world: ShopWorld = {
    database,
    data: shopData(database, sampleFile),
    perform: (operation, input, idempotencyKey = `key-${(keys += 1)}`) =>
      callTool({ tools, services }, { tool: toolOf(operation), input, idempotencyKey }),
    undo: async (operation, idempotencyKey) => {
      const tool = tools[toolOf(operation)];
      if (tool.effect === 'compensatable') await tool.compensate({} as never, { services, idempotencyKey });
    },
    lookUp: async (operation, idempotencyKey) => {
      const tool = tools[toolOf(operation)];
      return tool.effect === 'compensatable' ? tool.lookup({ services, idempotencyKey }) : undefined;
    },
    order: async (order_id) => (await world.perform('get_order_details', { order_id })) as Order,
    customer: async (user_id) => (await world.perform('get_user_details', { user_id })) as Customer,
    close: () => database.close(),
  };
  return world;
}

function toolOf(operation: ShopOperation): keyof Tools {
  return shopOperations[operation].tool;
}

/** What a failed call failed with: its type, and the reason when it is a refusal. */
export async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { reason } = error.details;
    return typeof reason === 'string' ? `${error.type}: ${reason}` : error.type;
  }
  return 'no failure';
}

/** The shop that a dump holds. */
export function parsed(dump: string): Shop {
  return JSON.parse(dump) as Shop; // what was dumped is one
}
