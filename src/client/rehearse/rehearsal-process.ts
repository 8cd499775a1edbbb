import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { failure } from '../../contracts/failures';
import type { RehearsalOrder, WorkerInstruction, WorkerReport } from '../../contracts/rehearsal';
import type { SystemsState } from '../../contracts/systems-state';

/** How a rehearsal's worker is started. */
export interface WorkerProgram {
  readonly file: string;
  /** Arguments for Node.js itself. Default: none. */
  readonly nodeArguments?: readonly string[];
}

export interface RehearsalProcess {
  /** The state of the systems before anything ran. */
  readonly initialState: SystemsState;
  /** Rejects when the process ended although nobody killed it. */
  readonly lost: Promise<never>;
  release(hold: number): void;
  readState(): Promise<SystemsState>;
  /** Kills it as it is, with SIGKILL, and resolves when it is gone. */
  kill(): Promise<void>;
}

const readyWithinMs = 60_000;
const logTailLength = 1_000;

/**
 * Starts a worker on a copy of the systems in a process of its own.
 *
 * @param onReport called for each report in order; it is neither awaited nor may it throw
 * @throws `ServerUnavailable` with the end of its log when it does not start
 */
export async function startRehearsalProcess(
  { file, nodeArguments = [] }: WorkerProgram,
  { order, logFile }: { readonly order: RehearsalOrder; readonly logFile: string },
  onReport: (report: WorkerReport) => void,
): Promise<RehearsalProcess> {
  const log = openSync(logFile, 'a', 0o600);
  // A process group of its own: a Ctrl-C at the terminal is for the process that conducts the rehearsal.
  const child = spawn(process.execPath, [...nodeArguments, file], {
    stdio: ['ignore', log, log, 'ipc'],
    detached: true,
  });
  closeSync(log);
  const live = { isKilled: false };
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  const lost = ended.then((): Promise<never> => {
    if (live.isKilled) return new Promise<never>(() => undefined);
    const tail = readFileSync(logFile, 'utf8').slice(-logTailLength).trim();
    throw failure('ServerUnavailable', `The worker of the rehearsal ended by itself. Its log ends with: ${tail}`);
  });
  // It is observed only while something is awaited of the process.
  lost.catch(() => undefined);
  const waiting: { ready?: (state: SystemsState) => void; state?: (state: SystemsState) => void } = {};
  child.on('message', (report: WorkerReport) => {
    if (report.type === 'ready') waiting.ready?.(report.state);
    else if (report.type === 'state') waiting.state?.(report.state);
    else onReport(report);
  });
  const tell = (instruction: WorkerInstruction) => {
    if (child.connected) child.send(instruction);
  };
  const kill = async () => {
    live.isKilled = true;
    child.kill('SIGKILL');
    await ended;
  };
  const ready = new Promise<SystemsState>((resolve) => (waiting.ready = resolve));
  tell({ type: 'begin', order });
  try {
    const initialState = await Promise.race([ready, lost, tooLate()]);
    return {
      initialState,
      lost,
      release: (hold) => {
        tell({ type: 'release', hold });
      },
      readState: () => {
        const state = new Promise<SystemsState>((resolve) => (waiting.state = resolve));
        tell({ type: 'readState' });
        return Promise.race([state, lost]);
      },
      kill,
    };
  } catch (error) {
    await kill();
    throw error;
  }
}

function tooLate(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => {
      reject(
        failure('ServerUnavailable', `The worker of the rehearsal was not ready within ${readyWithinMs / 1_000} s.`),
      );
    }, readyWithinMs).unref();
  });
}
