import { readFileSync } from 'node:fs';
import { setTracingDisabled } from '@openai/agents-core';
import { temporal } from '@temporalio/proto';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { randomText } from '../../work/random-text';
import { workerTuning, type WorkerMessage, type WorkerOrder } from '../../systems/worker-messages';
import { pluginFor } from './plugin';

type Order<Kind extends WorkerOrder['order']> = Extract<WorkerOrder, { readonly order: Kind }>;

const activities = {
  note: ({ text }: { readonly text: string }) => Promise.resolve(randomText(text, text.length)),
  page: ({ key, bytes }: { readonly key: string; readonly bytes: number }) => Promise.resolve(randomText(key, bytes)),
};

/** The worker of the peer; the counterpart of `bench/systems/serve-worker.ts` on the peer's own version of the SDK. */
async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  setTracingDisabled(true);
  const order = JSON.parse(process.argv[2] ?? '') as WorkerOrder;
  if (order.order === 'replay') await replay(order);
  else await work(order);
}

async function work({ temporalAddress, taskQueue, modelUrl, bundleFile }: Order<'work'>): Promise<void> {
  const connection = await NativeConnection.connect({ address: temporalAddress });
  const workflowBundle = { codePath: bundleFile };
  const plugins = [pluginFor(modelUrl)];
  const worker = await Worker.create({ connection, taskQueue, workflowBundle, activities, plugins, ...workerTuning });
  process.once('disconnect', () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
  });
  const run = worker.run();
  tell({ type: 'ready' });
  await run;
  await connection.close();
}

async function replay({ bundleFile, historyFile, times }: Order<'replay'>): Promise<void> {
  const history = temporal.api.history.v1.History.decode(readFileSync(historyFile));
  const again = Array.from({ length: times + 1 }, (_, index) => ({ workflowId: `replay-${index}`, history }));
  const options = { workflowBundle: { codePath: bundleFile }, plugins: [pluginFor('http://127.0.0.1/v1')] };
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

void main();
