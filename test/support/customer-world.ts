import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { bundleWorkflows } from '../../src/build/bundle';
import { createActivities } from '../../src/activities';
import { codeAgents } from '../../src/activities/models/code-agents';
import { codeModel } from '../../src/activities/models/code-model';
import { noModels } from '../../src/activities/models/no-models';
import { mailer } from '../../src/activities/outside/mailer';
import { paymentProvider } from '../../src/activities/outside/payment-provider';
import { rules } from '../../src/activities/rules';
import type { Services } from '../../src/activities/services';
import { shopData } from '../../src/activities/shop/shop-data';
import { openEmbeddedDatabase } from '../../src/activities/stores/embedded-database';
import type { Database } from '../../src/activities/stores/database';
import { tools } from '../../src/activities/tools';
import { agents } from '../../src/agents';
import type { CaseResult, CustomerCase } from '../../src/contracts/customer-case';
import type { RunResult } from '../../src/contracts/outcome';
import type { ShopData } from '../../src/contracts/shop';
import { searchAttributes } from '../../src/contracts/search-attributes';
import { startMailer } from '../../src/outside/mailer';
import { startPaymentProvider } from '../../src/outside/payment-provider';
import { customerOperations } from '../../src/workflows/customer-operations';
import type { RunHandle } from './engine-world';
import { sampleFile } from './shop-world';

type CaseHandle = RunHandle<CustomerCase, CaseResult>;

interface Outside {
  readonly messages: readonly {
    readonly id: string;
    readonly to: string;
    readonly subject: string;
    readonly body: string;
  }[];
  readonly refunds: readonly {
    readonly id: string;
    readonly order_id: string;
    readonly amount_cents: number;
    readonly status: string;
  }[];
}

/** Customer operations as they are shipped, with real systems around them, on a time-skipping server and a shop in memory. */
export interface CustomerWorld {
  readonly database: Database;
  readonly data: ShopData;
  /** The mails that went out, and the refunds that stand with the payment provider. */
  outside(): Promise<Outside>;
  /** Starts a case under a run id of its own. */
  start(given: CustomerCase): Promise<CaseHandle>;
  /** Works on a case to its end. */
  work(given: CustomerCase): Promise<RunResult<CaseResult>>;
  /** Works on cases at the same moment, in real time: past runs side by side the server skips time with tasks in flight. */
  workAtOnce(cases: readonly CustomerCase[]): Promise<RunResult<CaseResult>[]>;
  stop(): Promise<void>;
}

const noArtifacts = {
  put: () => Promise.reject(new Error('Customer operations store no artifacts.')),
  get: () => Promise.reject(new Error('Customer operations store no artifacts.')),
};

export async function startCustomerWorld(): Promise<CustomerWorld> {
  const logger = new DefaultLogger('ERROR', () => undefined);
  Runtime.install({ logger });
  const environment = await startTestServer();
  const database = await openEmbeddedDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'counterpoint-customers-'));
  const onTrouble = (error: unknown) => {
    throw error;
  };
  const provider = await startPaymentProvider({ file: join(folder, 'refunds.jsonl'), port: 0, onTrouble });
  const post = await startMailer({ file: join(folder, 'messages.jsonl'), port: 0, onTrouble });
  const reached = { payments: paymentProvider(provider.url), mailer: mailer(post.url) };
  const services = { database, artifacts: noArtifacts, ...reached } as unknown as Services; // the tools of a case reach for nothing else
  const code = codeModel(codeAgents, noArtifacts);
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue: 'customers',
    workflowBundle: await bundleWorkflows(join(__dirname, '../../src/workflows/index.ts'), logger),
    activities: createActivities({
      ...noModels,
      ...{ agents, tools, rules, services },
      artifacts: noArtifacts,
      modelOf: () => code,
      policies: { sameQuestionMax: 50, reworkRoundsMax: 25 },
    }),
  });
  const running = worker.run();
  let runs = 0;
  const start = (given: CustomerCase) =>
    environment.client.workflow.start(customerOperations, {
      taskQueue: 'customers',
      workflowId: `case-${(runs += 1)}`,
      args: [given],
    });
  return {
    database,
    data: shopData(database, sampleFile),
    start,
    outside: async () => ({
      ...((await (await fetch(`${post.url}/v1/messages`)).json()) as Pick<Outside, 'messages'>),
      ...((await (await fetch(`${provider.url}/v1/refunds`)).json()) as Pick<Outside, 'refunds'>),
    }),
    work: async (given) => (await start(given)).result(),
    async workAtOnce(cases) {
      const { workflow } = new Client({ connection: environment.connection });
      const begun = await Promise.all(cases.map(start));
      return Promise.all(
        begun.map(({ workflowId }) => workflow.getHandle<typeof customerOperations>(workflowId).result()),
      );
    },
    async stop() {
      worker.shutdown();
      await running;
      await environment.teardown();
      await database.close();
      await Promise.all([provider.close(), post.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startTestServer(): Promise<TestWorkflowEnvironment> {
  const path = process.env['TEMPORAL_TEST_SERVER_PATH'];
  if (path === undefined) throw new Error('Expected the global setup to have found the test server.');
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  const types = { KEYWORD: 2, KEYWORD_LIST: 7 };
  await environment.connection.operatorService.addSearchAttributes({
    namespace: environment.namespace ?? 'default',
    searchAttributes: Object.fromEntries(Object.values(searchAttributes).map(({ name, type }) => [name, types[type]])),
  });
  return environment;
}
