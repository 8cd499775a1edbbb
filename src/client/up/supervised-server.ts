import { startDevServer, type DevServer } from './dev-server';
import { reasonOf } from './reason';

/** How a server is started and watched over. */
export interface SupervisedServerOptions {
  readonly binary: string;
  readonly databaseFile: string;
  readonly logFile: string;
  readonly port?: number;
  readonly uiPort?: number;
  /** Called with each new process, also after a restart, before it serves. */
  readonly onSpawned: (server: Pick<DevServer, 'address' | 'uiUrl' | 'pid'>) => Promise<void>;
  /** Called when the server died and is started again. */
  readonly onDied: (what: string) => void;
}

/** A dev server that is started again, on the same ports and the same database, when it dies. */
export interface SupervisedServer {
  readonly address: string;
  readonly uiUrl: string;
  /** Resolves with the reason when the server kept dying and was given up. */
  readonly givenUp: Promise<string>;
  /** Ends the server and resolves when its process is gone, also one that is just being started again. */
  stop(): Promise<void>;
}

/** A server that dies more often than this within the window is given up. */
const deathsMax = 3;
const deathWindowMs = 60_000;

/** @throws what the first start fails with */
export async function startSupervisedServer(options: SupervisedServerOptions): Promise<SupervisedServer> {
  const first = await startDevServer(options);
  const ports = { port: portOf(first.address), uiPort: portOf(first.uiUrl) };
  const live = { newest: Promise.resolve(first), isStopping: false };
  const watch = async (): Promise<string> => {
    const deaths: number[] = [];
    for (;;) {
      const server = await live.newest;
      const how = await server.ended;
      if (live.isStopping) return new Promise<string>(() => undefined);
      deaths.push(Date.now());
      const recent = deaths.filter((at) => Date.now() - at < deathWindowMs);
      if (recent.length > deathsMax) return `the Temporal server died again and again (${how})`;
      options.onDied(`The Temporal server died (${how}) and is started again.`);
      live.newest = startDevServer({ ...options, ...ports });
    }
  };
  return {
    address: first.address,
    uiUrl: first.uiUrl,
    givenUp: watch().catch(reasonOf),
    async stop() {
      live.isStopping = true;
      const newest = await live.newest.catch(() => undefined);
      await newest?.stop();
    },
  };
}

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}
