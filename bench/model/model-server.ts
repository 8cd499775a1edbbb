import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Behaviour, Counts, FromModelServer, ToModelServer } from './behaviour';

/** The benchmark's model: an OpenAI-compatible server in a process of its own. */
export interface ModelServer {
  /** Its base URL, with `/v1`. */
  readonly url: string;
  /** Sets how it answers from now on, and counts from zero. */
  behave(behaviour: Behaviour): Promise<void>;
  /** What came since it was last told how to behave. */
  counts(): Promise<Counts>;
  stop(): Promise<void>;
}

/** Starts it on a free port; it ends with this process. Ask it one thing at a time. */
export async function startModelServer(): Promise<ModelServer> {
  const child = fork(join(__dirname, 'main.js'));
  const ended = once(child, 'exit').then((): never => {
    throw new Error('The model server of the benchmark ended by itself. Its error stands above.');
  });
  // It is observed while an answer is awaited.
  ended.catch(() => undefined);
  const heard = async () => {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [FromModelServer]; // it sends no other
    return message;
  };
  const asked = (message: ToModelServer) => {
    child.send(message);
    return heard();
  };
  const listening = await heard();
  if (listening.type !== 'listening') throw new Error(`Expected the model server to listen, got ${listening.type}.`);
  return {
    url: `http://127.0.0.1:${listening.port}/v1`,
    async behave(behaviour) {
      await asked({ type: 'behave', behaviour });
    },
    async counts() {
      const counted = await asked({ type: 'count' });
      if (counted.type !== 'counted') throw new Error(`Expected the model server to count, got ${counted.type}.`);
      return counted.counts;
    },
    async stop() {
      child.disconnect();
      await ended.catch(() => undefined);
    },
  };
}
