import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failure } from '../../contracts/failures';
import { freePort, requireFreePort } from './free-port';
import { reasonOf } from './reason';
import { waitUntilServing } from './serving';

/** How a dev server is started. Paths are absolute. */
export interface DevServerOptions {
  /** The Temporal CLI: see findTemporalBinary. */
  readonly binary: string;
  /** Created when missing. Only one server may use it at a time: see claimUp. */
  readonly databaseFile: string;
  /** The server's output is appended here. */
  readonly logFile: string;
  /** By default a free one. */
  readonly port?: number;
  /** By default a free one. */
  readonly uiPort?: number;
  /** Called once the process exists and before it serves, so that it can be found if its owner dies meanwhile. */
  readonly onSpawned?: (server: Omit<DevServer, 'stop' | 'ended'>) => Promise<void>;
}

/** A dev server that serves, in a process of its own. */
export interface DevServer {
  readonly address: string;
  readonly uiUrl: string;
  readonly pid: number;
  /** Resolves with the reason when the process has ended, whoever ended it. */
  readonly ended: Promise<string>;
  /** Ends the server and resolves when its process is gone. May be called again, and after it died by itself. */
  stop(): Promise<void>;
}

const host = '127.0.0.1';
const stopWithinMs = 5_000;
const startsMax = 3;
const logTailBytes = 4_000;

/**
 * Starts a Temporal dev server on the loopback interface and waits until its API and its UI serve. It gets no signal
 * from the terminal; this process ends it, also when it calls `process.exit`.
 *
 * @throws PortOccupied when a given port is in use
 * @throws ServerUnavailable with the log's last lines when it does not start
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  if (options.port !== undefined) await requireFreePort(options.port, 'the Temporal server');
  if (options.uiPort !== undefined) await requireFreePort(options.uiPort, 'the Temporal UI');
  await mkdir(dirname(options.logFile), { recursive: true, mode: 0o700 });
  for (let start = 1; ; start += 1) {
    const port = options.port ?? (await freePort());
    const uiPort = options.uiPort ?? (await freePort());
    const logStart = await sizeOf(options.logFile);
    const launched = launch(options, port, uiPort);
    try {
      if (launched.server === undefined) return await launched.ended;
      await options.onSpawned?.(launched.server);
      await waitUntilServing(launched.server, launched.ended);
      return launched.server;
    } catch (error) {
      await launched.server?.stop();
      const log = await readFrom(options.logFile, logStart);
      // Between the choice of a free port and its use another program may have taken it.
      const isPortTaken = /address already in use/i.test(log);
      const hasChosenPort = options.port === undefined || options.uiPort === undefined;
      if (isPortTaken && hasChosenPort && start < startsMax) continue;
      throw failure(
        'ServerUnavailable',
        `The Temporal dev server did not start: ${reasonOf(error)}. Its log ${options.logFile} ends with:\n${log === '' ? '(nothing)' : log}\n` +
          'Correct what they say, or set TEMPORAL_ADDRESS to use a server that runs already.',
        { binary: options.binary, logFile: options.logFile },
      );
    }
  }
}

interface Launched {
  /** `undefined` when there could be no process. */
  readonly server: DevServer | undefined;
  /** Rejects with the reason when the process ends. */
  readonly ended: Promise<never>;
}

function launch(options: DevServerOptions, port: number, uiPort: number): Launched {
  const log = openSync(options.logFile, 'a', 0o600);
  let child: ChildProcess;
  try {
    const stdio = ['ignore', log, log] as const;
    // It needs nothing of the environment, and no keys that stand in it.
    child = spawn(options.binary, serverArguments(options, port, uiPort), {
      stdio: [...stdio],
      detached: true,
      env: {},
    });
  } finally {
    closeSync(log);
  }
  const endedBy = new Promise<string>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      resolve(`it ended with ${signal ?? `exit code ${code ?? 'unknown'}`}`);
    });
  });
  const endWithUs = () => child.kill('SIGTERM');
  process.once('exit', endWithUs);
  void endedBy.then(() => process.removeListener('exit', endWithUs));
  const ended = endedBy.then((reason): never => {
    throw failure('ServerUnavailable', reason);
  });
  // It is observed only while the server starts; later ends are no unhandled rejection.
  ended.catch(() => undefined);
  if (child.pid === undefined) return { server: undefined, ended };
  const stop = async () => {
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    await endedBy;
    clearTimeout(kill);
  };
  const { pid } = child;
  const server = { address: `${host}:${port}`, uiUrl: `http://${host}:${uiPort}`, pid, ended: endedBy, stop };
  return { server, ended };
}

function serverArguments(options: DevServerOptions, port: number, uiPort: number): readonly string[] {
  return [
    ...['server', 'start-dev', '--ip', host, '--port', String(port), '--ui-port', String(uiPort)],
    ...['--db-filename', options.databaseFile],
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL'],
    // By default a shard reads its transfer queue 20 times a second, which is what a chain of steps then waits for.
    ...['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=5000'],
    ...['--dynamic-config-value', 'history.transferProcessorMaxPollHostRPS=5000'],
    ...['--log-level', 'error'],
  ];
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** The end of what was written to the log since, at most some lines. */
async function readFrom(path: string, start: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const from = Math.max(start, (await file.stat()).size - logTailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(logTailBytes), 0, logTailBytes, from);
    return buffer.toString('utf8', 0, bytesRead).trim();
  } finally {
    await file.close();
  }
}
