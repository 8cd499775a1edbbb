import { join } from 'node:path';
import { hasPostgres, startPostgres, type TestServer } from '../../../test/support/postgres';
import { buildPeers, peersMissing } from '../peer-build';
import type { Prepared, RunningSystem, Surroundings, System } from '../system';
import { startWorkerProcess } from '../worker-process';
import { conversationWith } from './conversation';
import type { LanggraphOrder } from './messages';

const noPostgres = 'there is no PostgreSQL to keep its checkpoints, so not measured; install one, or set DATABASE_URL';
const missing = peersMissing() ?? (hasPostgres() ? undefined : noPostgres);

/** LangGraph.js: graphs whose steps are checkpointed in PostgreSQL. */
export const langgraph: System = {
  name: 'langgraph',
  about:
    'LangGraph.js with its PostgreSQL checkpointer, each checkpoint written before the next step (durability: sync) ' +
    'and PostgreSQL as it comes; it has no server, so a lost run goes on only when somebody asks; the rows of its ' +
    'tables count as events',
  ...(missing === undefined ? {} : { missing }),
  leavesOut: ({ kind }) => (kind === 'children' ? 'has no child runs' : undefined),
  async prepare(): Promise<Prepared> {
    const workerFile = join(await buildPeers(), 'langgraph', 'worker.js');
    const server = await startPostgres({ isDurable: true });
    const databaseUrl = await server.newDatabase();
    return {
      bundleBytes: undefined,
      start: (surroundings) => start({ workerFile, server, databaseUrl }, surroundings),
      end: () => server.stop(),
    };
  },
};

interface Parts {
  readonly workerFile: string;
  readonly server: TestServer;
  readonly databaseUrl: string;
}

async function start({ workerFile, server, databaseUrl }: Parts, { modelUrl }: Surroundings): Promise<RunningSystem> {
  const order: LanggraphOrder = { databaseUrl, modelUrl };
  const worker = await startWorkerProcess(workerFile, order);
  const ask = conversationWith(worker.child);
  return {
    workerPid: worker.pid,
    serverPid: server.pid,
    readyMs: worker.firstWordMs,
    run: (id, input) => ask.result({ type: 'run', id, input }),
    takeUp: (id, input) => ask.result({ type: 'takeUp', id, input }),
    historySize: (id) => ask.size({ type: 'weigh', id }),
    stop: () => worker.stop(),
    kill: () => worker.kill(),
  };
}
