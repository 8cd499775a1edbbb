import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { catalogue, ndaIntake } from '../../examples/nda-intake';
import { createActivities } from '../../src/activities';
import { codeModel, type CodeAgent } from '../../src/activities/models/code-model';
import { noModels } from '../../src/activities/models/no-models';
import { mailer } from '../../src/activities/outside/mailer';
import { paymentProvider } from '../../src/activities/outside/payment-provider';
import type { Services } from '../../src/activities/services';
import type { ArtifactStore } from '../../src/activities/stores/artifact-store';
import type { Matters } from '../../src/activities/stores/matters';
import type { Matter } from '../../src/contracts/contract-review';
import { searchAttributes } from '../../src/contracts/search-attributes';
import { noDatabase } from '../support/no-database';

type Agents = typeof catalogue.agents;

/** The code that stands behind the example's agents in one test. */
export type ExampleCode = { readonly [Name in keyof Agents]: CodeAgent<Agents[Name]> };

/** Matters in memory: filed once per key, as the real ones are. */
export function mattersInMemory(): Matters & { readonly filed: Map<string, Matter> } {
  const filed = new Map<string, Matter>();
  return {
    filed,
    file(matter, key) {
      const standing = filed.get(key) ?? {
        ...matter,
        matterId: `M-${filed.size + 1}`,
        filedAt: '2026-01-01T00:00:00Z',
      };
      filed.set(key, standing);
      return Promise.resolve(standing);
    },
    find: (key) => Promise.resolve(filed.get(key)),
    withdraw(key) {
      filed.delete(key);
      return Promise.resolve();
    },
  };
}

const unused = () => Promise.reject(new Error('The example uses no artifacts and writes no reports.'));
const artifacts: ArtifactStore = { put: unused, get: unused };

export function servicesWith(matters: Matters): Services {
  const outside = { payments: paymentProvider(undefined), mailer: mailer(undefined) };
  return {
    artifacts,
    matters,
    database: noDatabase,
    ...outside,
    reports: { write: unused, find: unused, withdraw: unused },
    playbookFile: '',
  };
}

/** Starts the example on a time-skipping server with the given code behind its agents. */
export async function startExample(code: ExampleCode, matters: Matters) {
  const logger = new DefaultLogger('ERROR', () => undefined);
  Runtime.install({ logger });
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
  const model = codeModel(code, artifacts);
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue: 'example',
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: join(__dirname, '..', '..', 'examples', 'nda-intake.ts'),
      logger,
    }),
    activities: createActivities({
      ...noModels,
      ...catalogue,
      artifacts,
      services: servicesWith(matters),
      modelOf: () => model,
      policies: { sameQuestionMax: 50 },
    }),
  });
  const running = worker.run();
  return {
    start: (input: Parameters<typeof ndaIntake>[0]) =>
      environment.client.workflow.start(ndaIntake, { taskQueue: 'example', workflowId: 'nda', args: [input] }),
    /** Lets time pass on the server, with everything that falls due meanwhile. */
    letPass: (durationMs: number) => environment.sleep(durationMs),
    async stop() {
      worker.shutdown();
      await running;
      await environment.teardown();
    },
  };
}
