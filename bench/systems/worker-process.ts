import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { WorkerMessage } from './worker-messages';

/** A worker in a process of its own, which has said its first word. */
export interface WorkerProcess {
  readonly pid: number;
  readonly child: ChildProcess;
  /** From the start of the process to its first word. */
  readonly firstWordMs: number;
  readonly firstWord: WorkerMessage;
  /** Lets it end what it has in hand. */
  stop(): Promise<void>;
  /** Ends it at once, whatever it has in hand. */
  kill(): Promise<void>;
}

const stopWithinMs = 10_000;

/** Starts a worker's program, with its order as JSON, and waits for its first word. It ends with this process. */
export async function startWorkerProcess(file: string, order: object): Promise<WorkerProcess> {
  const startedAt = performance.now();
  const child = fork(file, [JSON.stringify(order)]);
  const ended = once(child, 'exit');
  const died = ended.then((): never => {
    throw new Error(`The worker ${file} ended before it was ready. Its error stands above.`);
  });
  died.catch(() => undefined);
  const [firstWord] = (await Promise.race([once(child, 'message'), died])) as [WorkerMessage]; // it sends no other
  return {
    pid: child.pid ?? 0,
    child,
    firstWord,
    firstWordMs: performance.now() - startedAt,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      if (child.connected) child.disconnect();
      const kill = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await ended;
      clearTimeout(kill);
    },
  };
}
