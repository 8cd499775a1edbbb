import { join } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { agents } from './agents';
import { createActivities } from './activities';
import { codeAgents } from './activities/models/code-agents';
import { codeModel } from './activities/models/code-model';
import { rules } from './activities/rules';
import { fileArtifactStore } from './activities/stores/artifact-store';
import { openEmbeddedDatabase } from './activities/stores/database';
import { openMatters } from './activities/stores/matters';
import { offloadingDataConverter } from './activities/stores/payload-store';
import { reportFolder } from './activities/stores/report-folder';
import { tools } from './activities/tools';
import { openDataFolder } from './client/up/data-folder';
import { registerSearchAttributes } from './client/register-search-attributes';
import { loadConfig, type Config } from './config';
import { failure } from './contracts/failures';

/** Activities worked on at once: agents wait for models more than they compute. */
const activitiesMax = 20;
const shutdownGraceMs = 5_000;

/**
 * Runs a worker until it is told to stop: by a signal, or by the end of the process that started it, so that none is
 * ever left behind.
 */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  logTo(config);
  const connection = await connect(config);
  const folder = await openDataFolder(config.dataDir);
  const database = await openEmbeddedDatabase(folder.database);
  try {
    await registerSearchAttributes(connection, config.namespace);
    const artifacts = fileArtifactStore(folder.artifacts);
    const services = {
      artifacts,
      matters: await openMatters(database),
      reports: reportFolder(folder.reports),
      playbookFile: config.playbookFile,
    };
    const code = codeModel(codeAgents, artifacts);
    const worker = await Worker.create({
      connection,
      namespace: config.namespace,
      taskQueue: config.taskQueue,
      workflowBundle: { codePath: join(__dirname, 'workflow-bundle.js') },
      dataConverter: offloadingDataConverter(artifacts),
      maxConcurrentActivityTaskExecutions: activitiesMax,
      shutdownGraceTime: shutdownGraceMs,
      activities: createActivities({
        agents,
        tools,
        rules,
        artifacts,
        services,
        policies: config.policies,
        modelOf: (name) => (name === 'code' ? code : noModel(name)),
        ...(config.notifyUrl === undefined ? {} : { notifyUrl: config.notifyUrl }),
      }),
    });
    process.once('disconnect', () => {
      worker.shutdown();
    });
    process.send?.('ready');
    await worker.run();
  } finally {
    await database.close();
    await connection.close();
  }
}

/** There is no model but the agents' own code yet; an agent that names one has it tried, and falls back. */
function noModel(name: string): never {
  throw failure('StepFailed', `This worker has no model ${name}. Add it to modelOf in worker.ts.`, { name });
}

function connect({ temporal }: Config): Promise<NativeConnection> {
  if (temporal !== undefined) return NativeConnection.connect(temporal.connectionOptions);
  throw failure(
    'ServerUnavailable',
    'A worker needs a Temporal server. Set TEMPORAL_ADDRESS, or run `counterpoint up`, which brings one up.',
  );
}

function logTo({ logLevel }: Config): void {
  const logger = pino({ level: logLevel });
  const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
  Runtime.install({
    logger: new DefaultLogger('DEBUG', ({ level, message, meta }) => {
      logger[levels[level]](meta ?? {}, message);
    }),
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    pino().fatal({ error }, error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
