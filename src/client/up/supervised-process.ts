import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { failure } from '../../contracts/failures';
import { reasonOf } from './reason';

/** How a process is started. It says that it is ready by a message to this one, and ends when this one is gone. */
export interface SupervisedProcessOptions {
  /** What people call it, such as `worker`. */
  readonly name: string;
  /** The compiled program. */
  readonly file: string;
  /** Asked before each start. Default: none. */
  readonly argumentsNow?: () => readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Its log is appended here. */
  readonly logFile: string;
  /** Called with each new process's id and its message when it is ready for work, also after a restart. */
  readonly onStarted: (pid: number, message: unknown) => Promise<void>;
  /** Called when it died and is started again, or is given up. */
  readonly onDied: (what: string) => void;
}

export interface SupervisedProcess {
  /** Resolves with the reason when it kept dying and was given up. */
  readonly givenUp: Promise<string>;
  /** Ends it after what it has in hand, and resolves when it is gone. */
  stop(): Promise<void>;
}

const readyWithinMs = 60_000;
const stopWithinMs = 10_000;
/** One that dies more often than this within the window is given up. */
const deathsMax = 5;
const deathWindowMs = 60_000;
/** So is one that fails to start this often in a row, however slowly. */
const failedStartsMax = 3;

/**
 * Keeps a program running in a process of its own: when it dies it is started again. A worker is then given back by
 * Temporal what it had in hand.
 *
 * @throws `ServerUnavailable` when the first start fails
 */
export async function startSupervisedProcess(options: SupervisedProcessOptions): Promise<SupervisedProcess> {
  const first = await startOne(options);
  const { name, logFile } = options;
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
        return `the ${name} could not be started again, ${failedStarts} times in a row; see ${logFile}`;
      deaths.push(Date.now());
      const recent = deaths.filter((at) => Date.now() - at < deathWindowMs);
      if (recent.length > deathsMax) return `the ${name} died ${recent.length} times in a minute; see ${logFile}`;
      options.onDied(`The ${name} ended (${how}) and is started again.`);
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

async function startOne(options: SupervisedProcessOptions): Promise<ChildProcess> {
  const log = openSync(options.logFile, 'a', 0o600);
  // A process group of its own: a Ctrl-C at the terminal is for the process that watches over this one.
  const child = spawn(process.execPath, [options.file, ...(options.argumentsNow?.() ?? [])], {
    env: options.environment,
    stdio: ['ignore', log, log, 'ipc'],
    detached: true,
  });
  closeSync(log);
  const message = await new Promise<unknown>((resolve, reject) => {
    const refuse = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(failure('ServerUnavailable', `The ${options.name} did not start: ${why}. Its log is ${options.logFile}.`));
    };
    const timer = setTimeout(() => {
      refuse(`it was not ready within ${readyWithinMs / 1_000} s`);
    }, readyWithinMs);
    child.once('message', (said) => {
      clearTimeout(timer);
      resolve(said);
    });
    child.once('error', (error) => {
      refuse(error.message);
    });
    child.once('exit', (code) => {
      refuse(`it ended with ${code ?? 'a signal'}`);
    });
  });
  if (child.pid !== undefined) await options.onStarted(child.pid, message);
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
