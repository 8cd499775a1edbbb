import { readFileSync } from 'node:fs';
import { temporal } from '@temporalio/proto';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { workerTuning, type WorkerMessage, type WorkerOrder } from './worker-messages';

type Order<Kind extends WorkerOrder['order']> = Extract<WorkerOrder, { readonly order: Kind }>;

/** In place of the model's URL, for replays, which ask none. */
const nobody = 'http://127.0.0.1/v1';

/** What a system gives to be a worker. */
export interface WorkerParts {
  readonly activities: NonNullable<WorkerOptions['activities']>;
  readonly dataConverter?: NonNullable<WorkerOptions['dataConverter']>;
  /** How long a run waits for the worker that has it in memory. Default: as the SDK has it. */
  readonly stickyQueueScheduleToStartTimeout?: number;
  /** The version by which it is known in its histories. Default: the SDK's, with a hash of the bundle. */
  readonly workerDeploymentOptions?: NonNullable<WorkerOptions['workerDeploymentOptions']>;
  /** What it does before it works. Default: nothing. */
  readonly begin?: (connection: NativeConnection) => Promise<void>;
}

/**
 * A worker's whole program: it works until whoever started it is gone, or replays one history many times over and ends.
 *
 * @param partsOf called with the folder for what the worker keeps, and with the model's URL, which replay does not need
 */
export async function serveWorker(partsOf: (folder: string, modelUrl: string) => Promise<WorkerParts>): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const order = JSON.parse(process.argv[2] ?? '') as WorkerOrder; // the benchmark's own words
  if (order.order === 'replay') await replay(order, await partsOf(order.folder, nobody));
  else await work(order, await partsOf(order.folder, order.modelUrl));
}

async function work(order: Order<'work'>, { begin, ...parts }: WorkerParts): Promise<void> {
  const connection = await NativeConnection.connect({ address: order.temporalAddress });
  await begin?.(connection);
  const worker = await Worker.create({
    connection,
    taskQueue: order.taskQueue,
    workflowBundle: { codePath: order.bundleFile },
    ...parts,
    ...workerTuning,
  });
  process.once('disconnect', () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
  });
  const run = worker.run();
  tell({ type: 'ready' });
  await run;
  await connection.close();
}

async function replay({ bundleFile, historyFile, times }: Order<'replay'>, parts: WorkerParts): Promise<void> {
  const { dataConverter } = parts;
  const history = temporal.api.history.v1.History.decode(readFileSync(historyFile));
  const again = Array.from({ length: times + 1 }, (_, index) => ({ workflowId: `replay-${index}`, history }));
  const options = {
    workflowBundle: { codePath: bundleFile },
    ...(dataConverter === undefined ? {} : { dataConverter }),
  };
  let startedAt = 0;
  let replayed = -1; // the first one warms up
  for await (const { error } of Worker.runReplayHistories(options, again)) {
    if (error !== undefined) throw error;
    replayed += 1;
    if (replayed === 0) startedAt = performance.now();
  }
  tell({ type: 'replayed', times: replayed, durationMs: performance.now() - startedAt });
}

function tell(message: WorkerMessage): void {
  process.send?.(message);
}
