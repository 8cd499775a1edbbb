import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { InternalConnectionOptionsSymbol, type InternalConnectionOptions } from '@temporalio/client/lib/connection';
import { msToTs } from '@temporalio/common/lib/time';
import type { DataConverter } from '@temporalio/common';
import { failure } from '../../contracts/failures';
import { searchAttributes } from '../../contracts/search-attributes';
import { freePort, isListening } from '../up/free-port';

/** A server of a rehearsal's own, which skips time. */
export interface RehearsalServer {
  readonly client: Client;
  readonly address: string;
  readonly namespace: string;
  /** Works while time is skipped whenever nothing is in flight. */
  skippingTime<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Lets time pass for a call whose worker is gone, so that the server misses it. */
  passTime(ms: number): Promise<void>;
  /** Ends the server. Calls that still wait are left to fail. */
  stop(): Promise<void>;
}

/** The types of search attributes with their numbers in Temporal's API. */
const typeNumbers = { KEYWORD: 2, KEYWORD_LIST: 7 } as const;
const namespace = 'default';
const startWithinMs = 30_000;
const lookEveryMs = 25;
/** Histories and views may be large; gRPC's own limit is 4 MB. */
const messageBytesMax = 128 * 1024 * 1024;

/**
 * Starts a time-skipping server on the loopback interface. Time is that of the whole server, so one run at a time is
 * rehearsed on it; time is skipped only when that is asked for. It ends with this process.
 *
 * @param binary the program: see findTemporalBinary
 * @throws `ServerUnavailable`
 */
export async function startRehearsalServer(binary: string, dataConverter: DataConverter): Promise<RehearsalServer> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const child = spawn(binary, [String(port)], { stdio: 'ignore', detached: true });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => {
      resolve();
    });
    child.once('exit', () => {
      resolve();
    });
  });
  const stop = async () => {
    kill();
    await ended;
    process.removeListener('exit', kill);
  };
  try {
    const over = new AbortController();
    void ended.then(() => {
      over.abort();
    });
    await untilListening(port, over.signal);
    const options: InternalConnectionOptions = {
      address,
      connectTimeout: startWithinMs,
      channelArgs: { 'grpc.max_receive_message_length': messageBytesMax },
      // As the SDK's own testing package connects: the service that skips time is not offered otherwise.
      [InternalConnectionOptionsSymbol]: { supportsTestService: true },
    };
    const connection = await Connection.connect(options);
    return { ...(await serverOn(connection, dataConverter)), address, stop };
  } catch (error) {
    await stop();
    const why = error instanceof Error ? error.message : String(error);
    throw failure('ServerUnavailable', `The time-skipping server ${binary} did not start: ${why}`, { binary });
  }
}

async function serverOn(
  connection: Connection,
  dataConverter: DataConverter,
): Promise<Omit<RehearsalServer, 'address' | 'stop'>> {
  const { testService, operatorService } = connection;
  if (testService === undefined) throw new Error('Expected a connection of this SDK to have a test service.');
  // This server can add search attributes but not list them.
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(
      Object.values(searchAttributes).map(({ name, type }) => [name, typeNumbers[type]]),
    ),
  });
  return {
    client: new Client({ connection, namespace, dataConverter }),
    namespace,
    async skippingTime(work) {
      await testService.unlockTimeSkipping({});
      try {
        return await work();
      } finally {
        await testService.lockTimeSkipping({});
      }
    },
    async passTime(ms) {
      await testService.unlockTimeSkippingWithSleep({ duration: msToTs(ms) });
    },
  };
}

async function untilListening(port: number, over: AbortSignal): Promise<void> {
  for (const deadline = Date.now() + startWithinMs; ;) {
    if (await isListening(port)) return;
    if (Date.now() > deadline) throw new Error(`it did not serve within ${startWithinMs / 1_000} s`);
    await wait(lookEveryMs, undefined, { signal: over });
  }
}
