import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { failure } from '../../contracts/failures';
import { reasonOf } from './reason';

/** How a worker is started. */
export interface WorkerOptions {
  /** The compiled worker. */
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The worker's log is appended here. */
  readonly logFile: string;
  /** Called with each new process's id when it is ready for work, also after a restart. */
  readonly onStarted: (pid: number) => Promise<void>;
  /** Called when the worker died and is started again, or is given up. */
  readonly onDied: (what: string) => void;
}

export interface WorkerProcess {
  /** Resolves with the reason when the worker kept dying and was given up. */
  readonly givenUp: Promise<string>;
  /** Ends the worker after what it has in hand, and resolves when its process is gone. */
  stop(): Promise<void>;
}

const readyWithinMs = 60_000;
const stopWithinMs = 10_000;
/** A worker that dies more often than this within the window is given up. */
const deathsMax = 5;
const deathWindowMs = 60_000;
/** So is one that fails to start this often in a row, however slowly. */
const failedStartsMax = 3;

/**
 * Keeps a worker running in a process of its own: when it dies it is started again, and Temporal gives it back what
 * it had in hand.
 *
 * @throws `ServerUnavailable` when the first start fails
 */
export async function startWorkerProcess(options: WorkerOptions): Promise<WorkerProcess> {
  const first = await startOne(options);
  const live = { newest: Promise.resolve(first), isStopping: false };
  const watch = async (): Promise<string> => {
    const deaths: number[] = [];
    let failedStarts = 0;
    for (;;) {
      const how = await live.newest.then(
        (child) => {
          failedStarts = 0;
          return untilEnded(child);
        },
        (error: unknown) => {
          failedStarts += 1;
          return reasonOf(error);
        },
      );
      if (live.isStopping) return new Promise<string>(() => undefined);
      if (failedStarts === failedStartsMax)
        return `the worker could not be started again, ${failedStarts} times in a row; see ${options.logFile}`;
      deaths.push(Date.now());
      const recent = deaths.filter((at) => Date.now() - at < deathWindowMs);
      if (recent.length > deathsMax)
        return `the worker died ${recent.length} times in a minute; see ${options.logFile}`;
      options.onDied(`The worker ended (${how}) and is started again.`);
      live.newest = startOne(options);
    }
  };
  return {
    givenUp: watch(),
    async stop() {
      live.isStopping = true;
      const newest = await live.newest.catch(() => undefined);
      if (newest !== undefined) await stopOne(newest);
    },
  };
}

function untilEnded(child: ChildProcess): Promise<string> {
  const ending = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal ?? `exit code ${code ?? 'unknown'}`);
    });
  });
  return hasEnded(child) ? Promise.resolve(child.signalCode ?? `exit code ${child.exitCode ?? 'unknown'}`) : ending;
}

async function startOne(options: WorkerOptions): Promise<ChildProcess> {
  const log = openSync(options.logFile, 'a', 0o600);
  // A process group of its own: a Ctrl-C at the terminal is for the process that watches over the worker.
  const child = spawn(process.execPath, [options.file], {
    env: options.environment,
    stdio: ['ignore', log, log, 'ipc'],
    detached: true,
  });
  closeSync(log);
  await new Promise<void>((resolve, reject) => {
    const refuse = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(failure('ServerUnavailable', `The worker did not start: ${why}. Its log is ${options.logFile}.`));
    };
    const timer = setTimeout(() => {
      refuse(`it was not ready within ${readyWithinMs / 1_000} s`);
    }, readyWithinMs);
    child.once('message', () => {
      clearTimeout(timer);
      resolve();
    });
    child.once('error', (error) => {
      refuse(error.message);
    });
    child.once('exit', (code) => {
      refuse(`it ended with ${code ?? 'a signal'}`);
    });
  });
  if (child.pid !== undefined) await options.onStarted(child.pid);
  return child;
}

async function stopOne(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = untilEnded(child);
  if (child.connected) child.disconnect();
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await ended;
  clearTimeout(kill);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
