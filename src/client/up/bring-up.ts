import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../../config';
import { failure } from '../../contracts/failures';
import { unlessInterrupted } from '../interrupt';
import type { DataFolder } from './data-folder';
import { becomeGuest, livingGuests, untilGuestsLeft } from './guests';
import { startOutsideSystems, type OutsideAddresses, type OutsideSystems } from './outside-systems';
import { startSupervisedProcess, type SupervisedProcess } from './supervised-process';
import { startSupervisedServer, type SupervisedServer } from './supervised-server';
import { findTemporalBinary } from './temporal-binary';
import { claimUp, readUpState, type UpClaim, type UpState } from './up-state';

/** What is needed to bring up a server, a worker, and the systems that it speaks to. */
export interface BringUpOptions {
  readonly config: Config;
  readonly folder: DataFolder;
  readonly workerFile: string;
  /** The program of the payment provider and the mailer. */
  readonly outsideFile: string;
  /** @throws `InvalidInput` when the worker would not start with this configuration, which it could only say in its log */
  readonly assertModels: (config: Config) => Promise<void>;
  /** Ports to use; by default free ones. */
  readonly port?: number;
  readonly uiPort?: number;
  readonly say: (message: string) => void;
  /** Ends the bringing up; what is up by then goes down again. */
  readonly signal: AbortSignal;
}

/** A server and a worker that are up, for as long as this process needs them. */
export interface Up {
  readonly address: string;
  readonly uiUrl: string | undefined;
  /** The payment provider and the mailer that the worker speaks to. */
  readonly outside: OutsideAddresses | undefined;
  /** Whether this process brought them up, and so takes them down. */
  readonly isOwner: boolean;
  /** Resolves with the reason when they are lost for good. */
  readonly lost: Promise<string>;
  /** Takes down what this process brought up, once no other uses it. */
  release(): Promise<void>;
}

const startWithinMs = 90_000;
const lookEveryMs = 100;
const guestLooksEveryMs = 1_000;

/**
 * Uses what is up in the data folder, or brings it up: the configured server or one of its own, and a worker. Of two
 * processes at the same moment one brings up and the other uses it.
 *
 * @throws `InvalidInput`, `ServerUnavailable`, `TemporalNotFound`, `PortOccupied`; an AbortError when interrupted
 */
export async function bringUp(options: BringUpOptions): Promise<Up> {
  const { folder, signal } = options;
  for (const deadline = Date.now() + startWithinMs; ;) {
    signal.throwIfAborted();
    const claimed = await claimUp(folder);
    if (claimed.claimed) return bringUpAsOwner(options, claimed.claim);
    const state = await readUpState(folder);
    const up = isReady(state) ? await useAsGuest(folder, state.record) : undefined;
    if (up !== undefined) return up;
    await wait(lookEveryMs, undefined, { signal });
    if (Date.now() > deadline) {
      throw failure(
        'ServerUnavailable',
        `Process ${claimed.ownerPid} is bringing up the data folder ${folder.root} and does not get done. End it, and run again.`,
        { ownerPid: claimed.ownerPid },
      );
    }
  }
}

type ReadyState = Extract<UpState, { state: 'up' }>;

/** An owner that is on its way down has withdrawn its worker from the record: nobody joins it any more. */
function isReady(state: UpState): state is ReadyState {
  return state.state === 'up' && state.record.workerPid !== undefined;
}

/** Nothing when the owner withdrew before it could see this guest. */
async function useAsGuest(folder: DataFolder, record: ReadyState['record']): Promise<Up | undefined> {
  const leave = await becomeGuest(folder);
  const state = await readUpState(folder);
  if (!isReady(state) || state.record.ownerPid !== record.ownerPid) {
    await leave();
    return undefined;
  }
  const stay = { isOver: false };
  const { address, uiUrl, outside } = record;
  return {
    ...{ address, uiUrl: uiUrl === '' ? undefined : uiUrl, outside, isOwner: false },
    lost: untilOwnerIsGone(folder, stay),
    release() {
      stay.isOver = true;
      return leave();
    },
  };
}

async function untilOwnerIsGone(folder: DataFolder, stay: { readonly isOver: boolean }): Promise<string> {
  while (!stay.isOver) {
    await wait(guestLooksEveryMs, undefined, { ref: false });
    if ((await readUpState(folder)).state !== 'up') return 'the command that had brought up the server has ended';
  }
  return new Promise(() => undefined);
}

async function bringUpAsOwner(options: BringUpOptions, claim: UpClaim): Promise<Up> {
  const { folder, config, say, signal } = options;
  const running: { server?: SupervisedServer; outside?: Promise<OutsideSystems>; worker?: SupervisedProcess } = {};
  const takeDown = async () => {
    await running.worker?.stop();
    await (await running.outside?.catch(() => undefined))?.stop();
    await running.server?.stop();
    await claim.release();
  };
  try {
    await options.assertModels(config);
    if ((await claim.endOrphanedServer()) !== undefined) say('Ended a Temporal server that a killed process had left.');
    const record = recordOf(claim);
    running.outside = startOutsideSystems(options);
    // While the server starts, a failure of the others waits to be asked for.
    running.outside.catch(() => undefined);
    const configured = config.temporal?.connectionOptions.address;
    if (configured === undefined) running.server = await startServer(options, record);
    else await record.publish({ address: configured });
    const outside = await running.outside;
    await record.publish({ outside: outside.addresses });
    signal.throwIfAborted();
    const { address, uiUrl } = running.server ?? { address: configured ?? '', uiUrl: '' };
    running.worker = await startSupervisedProcess({
      name: 'worker',
      file: options.workerFile,
      environment: workerEnvironment(options, address, outside.addresses),
      logFile: join(folder.logs, 'worker.log'),
      onStarted: (workerPid) => record.publish({ workerPid }),
      onDied: say,
    });
    signal.throwIfAborted();
    const lost = Promise.race([
      running.worker.givenUp,
      outside.givenUp,
      ...(running.server === undefined ? [] : [running.server.givenUp]),
    ]);
    return {
      ...{ address, uiUrl: uiUrl === '' ? undefined : uiUrl, outside: outside.addresses, isOwner: true, lost },
      async release() {
        await untilUnused(options, record, lost);
        await takeDown();
      },
    };
  } catch (error) {
    await takeDown();
    throw error;
  }
}

interface PublishedRecord {
  /** Writes what has come up so far; each call adds to what was said before. */
  publish(change: Partial<Published>): Promise<void>;
  /** Takes the worker out of the record, so that nobody joins any more. */
  withdraw(): Promise<void>;
}

type Published = Parameters<UpClaim['publish']>[0];

function recordOf(claim: UpClaim): PublishedRecord {
  const known: Published = { address: '', uiUrl: '', startedAt: new Date().toISOString() };
  return {
    publish: (change) => claim.publish(Object.assign(known, change)),
    withdraw() {
      const { workerPid, ...others } = known;
      return workerPid === undefined ? Promise.resolve() : claim.publish(others);
    },
  };
}

/** Resolves when no other process uses what is up and none can join, when it is lost, or at Ctrl-C. */
async function untilUnused(
  { folder, say, signal }: BringUpOptions,
  record: PublishedRecord,
  lost: Promise<string>,
): Promise<void> {
  const over = new AbortController();
  const end = () => {
    over.abort();
  };
  void lost.then(end);
  // At a Ctrl-C that came before, the others may still finish; the next one ends this process at once.
  if (!signal.aborted) signal.addEventListener('abort', end, { once: true });
  const onWaiting = (guests: number) => {
    say(`${guests} other command(s) still use this server; it goes down when they end. Ctrl-C ends it now.`);
  };
  for (;;) {
    await untilGuestsLeft(folder, onWaiting, over.signal);
    await record.withdraw();
    if (over.signal.aborted || (await livingGuests(folder)) === 0) return;
    // One joined before it could see that nobody may any more.
    await record.publish({});
  }
}

async function startServer(
  { config, folder, say, signal, port, uiPort }: BringUpOptions,
  record: PublishedRecord,
): Promise<SupervisedServer> {
  const { cacheDir, binaryEnvironment: env } = config;
  const search = findTemporalBinary('temporal', { cacheDir, env, onProgress: say });
  return startSupervisedServer({
    binary: await unlessInterrupted(search, signal),
    databaseFile: folder.temporalDatabase,
    logFile: join(folder.logs, 'temporal.log'),
    onSpawned: ({ address, uiUrl, pid }) => record.publish({ address, uiUrl, serverPid: pid }),
    onDied: say,
    ...(port === undefined ? {} : { port }),
    ...(uiPort === undefined ? {} : { uiPort }),
  });
}

/** A worker of a server of our own gets nothing of what the environment says of another server. */
function workerEnvironment(
  { config, folder }: BringUpOptions,
  address: string,
  { paymentProviderUrl, mailerUrl }: OutsideAddresses,
): NodeJS.ProcessEnv {
  const own = {
    ...config.childEnvironment(),
    COUNTERPOINT_DATA: folder.root,
    COUNTERPOINT_PAYMENT_PROVIDER_URL: paymentProviderUrl,
    COUNTERPOINT_MAILER_URL: mailerUrl,
  };
  if (config.temporal !== undefined) return own;
  const others = Object.entries(own).filter(([name]) => !name.startsWith('TEMPORAL_'));
  return { ...Object.fromEntries(others), TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: config.namespace };
}
