import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activityInfo } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { agents } from '../../src/agents';
import { createActivities } from '../../src/activities';
import { codeAgents } from '../../src/activities/models/code-agents';
import { codeModel } from '../../src/activities/models/code-model';
import type { Model } from '../../src/activities/models/model';
import { noModels } from '../../src/activities/models/no-models';
import { mailer } from '../../src/activities/outside/mailer';
import { paymentProvider } from '../../src/activities/outside/payment-provider';
import { rules } from '../../src/activities/rules';
import type { Services } from '../../src/activities/services';
import { fileArtifactStore, type ArtifactStore } from '../../src/activities/stores/artifact-store';
import { openEmbeddedDatabase } from '../../src/activities/stores/embedded-database';
import { openMatters } from '../../src/activities/stores/matters';
import { offloadingDataConverter } from '../../src/activities/stores/payload-store';
import { reportFolder } from '../../src/activities/stores/report-folder';
import { tools } from '../../src/activities/tools';
import { findTemporalBinary } from '../../src/client/up/temporal-binary';
import { loadConfig } from '../../src/config';
import type { EngineActivities } from '../../src/contracts/activities';
import { searchAttributes } from '../../src/contracts/search-attributes';

/** Where runs take place: a server, a worker with every agent, rule and tool of the catalogues, and their systems. */
export interface RunWorld {
  readonly client: Client;
  readonly taskQueue: string;
  readonly services: Services;
  /** Lets the server's clock run ahead, while no run is under way. */
  skip(milliseconds: number): Promise<void>;
}

/** What an evaluation puts between the engine and the world. */
export interface Interception {
  /** Stands behind a model's name; asked with the id of the activity and of the run. */
  answer(honest: Model, request: Parameters<Model>[0], place: Place): ReturnType<Model>;
  activities(honest: EngineActivities, placeOf: () => Place): EngineActivities;
  /** The systems of a run. */
  servicesOf(runId: string): Services;
}

/** Where in which run a call comes from; `step` is the journal's name, `attempt` counts from one. */
export interface Place {
  readonly runId: string;
  readonly step: string;
  readonly attempt: number;
}

const taskQueue = 'gates';
const activitiesMax = 8;

/** Brings everything up, and down again when the work is done. */
export async function inRunWorld<Result>(
  interceptionOf: (world: RunWorld) => Interception,
  work: (world: RunWorld) => Promise<Result>,
): Promise<Result> {
  const logger = new DefaultLogger('ERROR');
  // The server's own words go the logger's way too: standard output is for the result.
  Runtime.install({ logger, telemetryOptions: { logging: { filter: 'ERROR', forward: {} } } });
  const folder = await mkdtemp(join(tmpdir(), 'counterpoint-gates-'));
  const environment = await startServer();
  const database = await openEmbeddedDatabase();
  try {
    const artifacts = fileArtifactStore(join(folder, 'artifacts'));
    const dataConverter = offloadingDataConverter(artifacts);
    const services: Services = {
      artifacts,
      ...{ matters: openMatters(database), database },
      // A process that reaches for these brings systems of its own.
      ...{ payments: paymentProvider(undefined), mailer: mailer(undefined) },
      reports: reportFolder(join(folder, 'reports')),
      playbookFile: join(__dirname, '..', '..', 'data', 'playbook.yaml'),
    };
    const { connection, namespace } = environment;
    // A client of its own leaves the server's clock alone: the test environment's would skip every deadline.
    const client = new Client({ connection, dataConverter, ...(namespace === undefined ? {} : { namespace }) });
    const world: RunWorld = {
      ...{ client, taskQueue, services },
      skip: (milliseconds) => environment.sleep(milliseconds),
    };
    const worker = await Worker.create({
      connection: environment.nativeConnection,
      taskQueue,
      dataConverter,
      workflowBundle: await bundleWorkflowCode({
        workflowsPath: join(__dirname, '..', '..', 'src', 'workflows', 'index.ts'),
        logger,
      }),
      maxConcurrentActivityTaskExecutions: activitiesMax,
      activities: activitiesOf(artifacts, interceptionOf(world)),
    });
    return await worker.runUntil(() => work(world));
  } finally {
    await database.close();
    await environment.teardown();
    await rm(folder, { recursive: true, force: true });
  }
}

function activitiesOf(artifacts: ArtifactStore, interception: Interception): EngineActivities {
  const code = codeModel(codeAgents, artifacts);
  const model: Model = (request) => interception.answer(code, request, placeOf());
  const honest = createActivities({
    ...noModels,
    ...{ agents, tools, rules, artifacts },
    get services() {
      return interception.servicesOf(placeOf().runId);
    },
    policies: loadConfig({}).policies,
    modelOf: () => model,
  });
  return interception.activities(honest, placeOf);
}

function placeOf(): Place {
  const { activityId, workflowExecution } = activityInfo();
  const [, step = activityId, attempt = '1'] = /^(.*)\.(\d+)$/.exec(activityId) ?? [];
  return { runId: workflowExecution?.workflowId ?? '', step, attempt: Number(attempt) };
}

async function startServer(): Promise<TestWorkflowEnvironment> {
  const { cacheDir, binaryEnvironment: env } = loadConfig(process.env);
  const path = await findTemporalBinary('temporal-test-server', { cacheDir, env });
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
