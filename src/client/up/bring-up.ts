import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../../config';
import { failure } from '../../contracts/failures';
import type { DataFolder } from './data-folder';
import { startDevServer, type DevServer } from './dev-server';
import { becomeGuest, untilGuestsLeft } from './guests';
import { findTemporalBinary } from './temporal-binary';
import { claimUp, readUpState, type UpClaim, type UpState } from './up-state';
import { startWorkerProcess, type WorkerProcess } from './worker-process';

/** What is needed to bring up a server and a worker. */
export interface BringUpOptions {
  readonly config: Config;
  readonly folder: DataFolder;
  readonly workerFile: string;
  /** Ports to use; by default free ones. */
  readonly port?: number;
  readonly uiPort?: number;
  readonly say: (message: string) => void;
}

/** A server and a worker that are up, for as long as this process needs them. */
export interface Up {
  readonly address: string;
  readonly uiUrl: string | undefined;
  /** Whether this process brought them up, and so takes them down. */
  readonly isOwner: boolean;
  /** Resolves with the reason when they are lost for good. */
  readonly lost: Promise<string>;
  release(): Promise<void>;
}

const startWithinMs = 90_000;
const lookEveryMs = 100;
const serverRestartsMax = 3;

/**
 * Uses what is up in the data folder, or brings it up: the configured server or one of its own, and a worker. Of two
 * processes at the same moment one brings up and the other uses it.
 *
 * @throws `ServerUnavailable`, `TemporalNotFound`, `PortOccupied`
 */
export async function bringUp(options: BringUpOptions): Promise<Up> {
  const { folder } = options;
  for (const deadline = Date.now() + startWithinMs; ;) {
    const claimed = await claimUp(folder);
    if (claimed.claimed) return bringUpAsOwner(options, claimed.claim);
    const state = await readUpState(folder);
    if (state.state === 'up' && state.record.workerPid !== undefined) return useAsGuest(folder, state.record);
    await wait(lookEveryMs);
    if (Date.now() > deadline) {
      throw failure(
        'ServerUnavailable',
        `Process ${claimed.ownerPid} is bringing up the data folder ${folder.root} and does not get done. End it, and run again.`,
        { ownerPid: claimed.ownerPid },
      );
    }
  }
}

type UpRecord = Extract<UpState, { state: 'up' }>['record'];

async function useAsGuest(folder: DataFolder, { address, uiUrl }: UpRecord): Promise<Up> {
  const leave = await becomeGuest(folder);
  const never = new Promise<string>(() => undefined);
  return { address, uiUrl: uiUrl === '' ? undefined : uiUrl, isOwner: false, lost: never, release: leave };
}

async function bringUpAsOwner(options: BringUpOptions, claim: UpClaim): Promise<Up> {
  const { folder, config, say } = options;
  const startedAt = new Date().toISOString();
  const running: { server?: SupervisedServer | undefined; worker?: WorkerProcess } = {};
  const takeDown = async () => {
    await running.worker?.stop();
    await running.server?.stop();
    await claim.release();
  };
  try {
    if ((await claim.endOrphanedServer()) !== undefined) say('Ended a Temporal server that a killed process had left.');
    const address = config.temporal?.connectionOptions.address;
    running.server = address === undefined ? await superviseServer(options, claim, startedAt) : undefined;
    const reached = running.server ?? { address: address ?? '', uiUrl: '', pid: undefined };
    running.worker = await startWorkerProcess({
      file: options.workerFile,
      environment: workerEnvironment(options, reached.address),
      logFile: join(folder.logs, 'worker.log'),
      onStarted: (workerPid) => claim.publish({ ...published(reached), workerPid, startedAt }),
      onDied: say,
    });
    const lost = [running.worker.givenUp, ...(running.server === undefined ? [] : [running.server.givenUp])];
    return {
      address: reached.address,
      uiUrl: reached.uiUrl === '' ? undefined : reached.uiUrl,
      isOwner: true,
      lost: Promise.race(lost),
      async release() {
        await untilGuestsLeft(folder, (guests) => {
          say(`${guests} other command(s) still use this server; it goes down when they end. Ctrl-C ends it now.`);
        });
        await takeDown();
      },
    };
  } catch (error) {
    await takeDown();
    throw error;
  }
}

function published({ address, uiUrl, pid }: { address: string; uiUrl: string; pid: number | undefined }) {
  return { address, uiUrl, ...(pid === undefined ? {} : { serverPid: pid }) };
}

function workerEnvironment({ config, folder }: BringUpOptions, address: string): NodeJS.ProcessEnv {
  const own = { ...process.env, COUNTERPOINT_DATA: folder.root };
  return config.temporal === undefined ? { ...own, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'default' } : own;
}

interface SupervisedServer extends Omit<DevServer, 'ended'> {
  readonly givenUp: Promise<string>;
}

/** A server that is started again, on the same ports and the same database, when it dies. */
async function superviseServer(options: BringUpOptions, claim: UpClaim, startedAt: string): Promise<SupervisedServer> {
  const { config, folder, say } = options;
  const binary = await findTemporalBinary('temporal', { cacheDir: config.cacheDir, env: process.env, onProgress: say });
  const start = (ports: { readonly port?: number; readonly uiPort?: number }) =>
    startDevServer({
      binary,
      databaseFile: folder.temporalDatabase,
      logFile: join(folder.logs, 'temporal.log'),
      onSpawned: (spawned) => claim.publish({ ...published(spawned), startedAt }),
      ...ports,
    });
  const { port, uiPort } = options;
  const first = await start({ ...(port === undefined ? {} : { port }), ...(uiPort === undefined ? {} : { uiPort }) });
  const live = { server: first, isStopping: false };
  const givenUp = (async () => {
    for (let restarts = 0; ; restarts += 1) {
      const how = await live.server.ended;
      if (live.isStopping) return new Promise<string>(() => undefined);
      if (restarts === serverRestartsMax) return `the Temporal server died again and again (${how})`;
      say(`The Temporal server died (${how}) and is started again.`);
      live.server = await start({ port: portOf(first.address), uiPort: portOf(first.uiUrl) });
    }
  })();
  return {
    ...first,
    givenUp: givenUp.catch((error: unknown) => (error instanceof Error ? error.message : String(error))),
    async stop() {
      live.isStopping = true;
      await live.server.stop();
    },
  };
}

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}
