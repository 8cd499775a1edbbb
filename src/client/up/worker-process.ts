import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { failure } from '../../contracts/failures';

/** How a worker is started. */
export interface WorkerOptions {
  /** The compiled worker. */
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The worker's log is appended here. */
  readonly logFile: string;
  /** Called with each new process's id, also after a restart. */
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

/**
 * Keeps a worker running in a process of its own: when it dies it is started again, and Temporal gives it back what
 * it had in hand.
 *
 * @throws `ServerUnavailable` when the first start fails
 */
export async function startWorkerProcess(options: WorkerOptions): Promise<WorkerProcess> {
  const deaths: number[] = [];
  const supervised = { isStopping: false, child: await startOne(options) };
  const giveUp: { resolve?: (reason: string) => void } = {};
  const givenUp = new Promise<string>((resolve) => (giveUp.resolve = resolve));
  const watch = () => {
    supervised.child.process.once('exit', (code, signal) => {
      if (!supervised.isStopping) void restart(signal ?? `exit code ${code ?? 'unknown'}`);
    });
  };
  const restart = async (how: string): Promise<void> => {
    deaths.push(Date.now());
    const recent = deaths.filter((at) => Date.now() - at < deathWindowMs);
    if (recent.length > deathsMax) {
      giveUp.resolve?.(`the worker died ${recent.length} times in a minute; see ${options.logFile}`);
      return;
    }
    options.onDied(`The worker ended (${how}) and is started again.`);
    try {
      supervised.child = await startOne(options);
      watch();
    } catch (error) {
      await restart(error instanceof Error ? error.message : String(error));
    }
  };
  watch();
  return {
    givenUp,
    async stop() {
      supervised.isStopping = true;
      await stopOne(supervised.child.process);
    },
  };
}

async function startOne(options: WorkerOptions): Promise<{ readonly process: ChildProcess }> {
  const log = openSync(options.logFile, 'a', 0o600);
  // A process group of its own: a Ctrl-C at the terminal is for the process that watches over the worker.
  const child = spawn(process.execPath, [options.file], {
    env: options.environment,
    stdio: ['ignore', log, log, 'ipc'],
    detached: true,
  });
  closeSync(log);
  if (child.pid !== undefined) await options.onStarted(child.pid);
  await new Promise<void>((resolve, reject) => {
    const refuse = (why: string) => {
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
      clearTimeout(timer);
      refuse(`it ended with ${code ?? 'a signal'}`);
    });
  });
  return { process: child };
}

async function stopOne(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.connected) child.disconnect();
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await ended;
  clearTimeout(kill);
}
