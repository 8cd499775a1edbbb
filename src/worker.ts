import { join } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { pino, type Logger } from 'pino';
import { agents } from './agents';
import { createActivities } from './activities';
import { codeAgents } from './activities/models/code-agents';
import { codeModel } from './activities/models/code-model';
import { configuredAgents, configuredChats } from './activities/models/configured-models';
import { forms } from './activities/models/forms';
import { mailer } from './activities/outside/mailer';
import { paymentProvider } from './activities/outside/payment-provider';
import { rules } from './activities/rules';
import { shopData } from './activities/shop/shop-data';
import { fileArtifactStore } from './activities/stores/artifact-store';
import type { Database } from './activities/stores/database';
import { openEmbeddedDatabase } from './activities/stores/embedded-database';
import { openMatters } from './activities/stores/matters';
import { databaseTranscriptStore } from './activities/stores/database-transcript-store';
import { offloadingDataConverter } from './activities/stores/payload-store';
import { reportFolder } from './activities/stores/report-folder';
import { openServerDatabase } from './activities/stores/server-database';
import { recentTranscripts } from './activities/stores/recent-transcripts';
import { fileTranscriptStore } from './activities/stores/transcript-store';
import { tools } from './activities/tools';
import { openShopDoor } from './client/shop-door';
import { openDataFolder, type DataFolder } from './client/up/data-folder';
import { awaitLock, type Lock } from './client/up/lock';
import { broadcastHub } from './client/watch/broadcast-hub';
import { openWatchDoor } from './client/watch/watch-door';
import { registerSearchAttributes } from './client/register-search-attributes';
import { loadConfig, type Config } from './config';
import { workerDeployment } from './contracts/worker-deployment';
import { failure } from './contracts/failures';
import { activitiesMax, modelCards } from './contracts/model-table';

// What the worker writes is for its user only: contracts are confidential.
process.umask(0o077);

const shutdownGraceMs = 5_000;
/** How long a run waits for the worker that has it in memory before any may take it: what a killed worker costs. */
const stickyMs = 3_000;
/** A worker whose parent is gone ends within this time; the next one waits a little longer for its database. */
const endWithinMs = 15_000;
const databaseWithinMs = 20_000;
const sampleShopFile = join(__dirname, '..', 'data', 'shop', 'shop.json');

/**
 * Runs a worker until it is told to stop: by a signal, or by the end of the process that started it, so that none is
 * ever left behind.
 */
async function main(): Promise<void> {
  const toldToStop = untilParentIsGone();
  const config = loadConfig(process.env);
  const logger = logTo(config);
  const configured = await configuredAgents(agents, config);
  // What is said to and by models is logged at debug level only.
  const chatOf = configuredChats(configured, config, (message, meta) => {
    logger.debug(meta, message);
  });
  const connection = await connect(config);
  const folder = await openDataFolder(config.dataDir);
  const { database, close } = await openDatabase(config, folder);
  const broadcast = broadcastHub();
  const closeWatchDoor = await openWatchDoor(folder, broadcast).catch((error: unknown) => {
    logger.warn({ error }, 'nobody can watch this worker');
    return () => Promise.resolve();
  });
  try {
    await registerSearchAttributes(connection, config.namespace);
    const artifacts = fileArtifactStore(folder.artifacts);
    const services = {
      artifacts,
      matters: openMatters(database),
      database,
      payments: paymentProvider(config.paymentProviderUrl),
      mailer: mailer(config.mailerUrl),
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
      stickyQueueScheduleToStartTimeout: stickyMs,
      workerDeploymentOptions: workerDeployment,
      activities: createActivities({
        ...{ agents: configured.agents, tools, rules, forms, artifacts, services, chatOf, broadcast },
        models: modelCards(configured.models),
        transcripts: recentTranscripts(
          config.databaseUrl === undefined
            ? fileTranscriptStore(folder.transcripts)
            : databaseTranscriptStore(database),
        ),
        policies: config.policies,
        modelOf: (name) => (name === 'code' ? code : noCode(name)),
        ...(config.notifyUrl === undefined ? {} : { notifyUrl: config.notifyUrl }),
      }),
    });
    void toldToStop.then(() => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
    });
    if (process.connected) process.send?.('ready');
    await worker.run();
  } finally {
    await closeWatchDoor();
    await close();
    await connection.close();
  }
}

/** Resolves when the process that started this one is gone; then this one ends too, in order or else by force. */
function untilParentIsGone(): Promise<void> {
  return new Promise((resolve) => {
    process.once('disconnect', () => {
      resolve();
      setTimeout(() => {
        process.exit(1);
      }, endWithinMs).unref();
    });
  });
}

/**
 * Takes the embedded database for this process: two at once would damage it. A worker whose starter was killed takes
 * a moment to end, and is waited for.
 *
 * @throws `DatabaseUnavailable` when another worker keeps it
 */
async function holdDatabase(folder: DataFolder): Promise<Lock> {
  const taking = await awaitLock(folder, 'database', databaseWithinMs);
  if (taking.taken) return taking.lock;
  throw failure(
    'DatabaseUnavailable',
    `Process ${taking.ownerPid} uses the database in ${folder.root}, and only one may. End it, or use another data folder.`,
    { ownerPid: taking.ownerPid },
  );
}

/**
 * Opens the database: the configured server, or the embedded one, which begins with a sample of a shop. This process
 * then alone has it open, and lets other commands reach the shop.
 */
async function openDatabase(
  { databaseUrl }: Config,
  folder: DataFolder,
): Promise<{ readonly database: Database; readonly close: () => Promise<void> }> {
  if (databaseUrl !== undefined) {
    const database = await openServerDatabase(databaseUrl);
    return { database, close: () => database.close() };
  }
  const hold = await holdDatabase(folder);
  const database = await openEmbeddedDatabase(folder.database);
  const data = shopData(database, sampleShopFile);
  await data.begin();
  const closeDoor = await openShopDoor(folder, data);
  return {
    database,
    async close() {
      await closeDoor();
      await database.close();
      await hold.release();
    },
  };
}

/** Models are talked to in turns; only code answers at once. */
function noCode(name: string): never {
  throw failure('ModelUnusable', `${name} is no code of this worker. Enter it into the model table.`, { model: name });
}

function connect({ temporal }: Config): Promise<NativeConnection> {
  if (temporal !== undefined) return NativeConnection.connect(temporal.connectionOptions);
  throw failure(
    'ServerUnavailable',
    'A worker needs a Temporal server. Set TEMPORAL_ADDRESS, or run `counterpoint up`, which brings one up.',
  );
}

function logTo({ logLevel }: Config): Logger {
  const logger = pino({ level: logLevel });
  const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
  Runtime.install({
    logger: new DefaultLogger('DEBUG', ({ level, message, meta }) => {
      logger[levels[level]](meta ?? {}, message);
    }),
  });
  return logger;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    pino().fatal({ error }, error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
