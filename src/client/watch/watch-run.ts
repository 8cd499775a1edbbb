import { setTimeout as wait } from 'node:timers/promises';
import { SpeechEvent } from '../../contracts/speech';
import { knock, type Door } from '../door';
import type { DataFolder } from '../up/data-folder';
import { findWatchDoors } from './watch-door';

const lookEveryMs = 500;
/** The longest line that a door sends, in characters: one event's text, escaped, and who says it. */
const lineMax = 256 * 1024;

/**
 * Watches what the models of a run and its children say, at every worker of this data folder, also at those that come
 * later. A worker elsewhere is not heard, and what goes wrong here is nobody's trouble: the run goes on, and nothing
 * of it is lost.
 *
 * @param hear - must not throw
 * @returns how to stop; nothing is heard after it
 */
export function watchRun(folder: DataFolder, runId: string, hear: (event: SpeechEvent) => void): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  const heardAt = new Set<string>();
  const look = async () => {
    while (!signal.aborted) {
      for (const [file, door] of await findWatchDoors(folder)) {
        if (heardAt.has(file)) continue;
        heardAt.add(file);
        void listen({ door, runId, signal }, hear)
          .catch(() => undefined) // the worker ended, or speaks otherwise: it is tried again
          .finally(() => heardAt.delete(file));
      }
      await wait(lookEveryMs, undefined, { signal });
    }
  };
  look().catch(() => undefined); // only stopping ends it
  return () => {
    stopped.abort();
  };
}

interface Listening {
  readonly door: Door;
  readonly runId: string;
  readonly signal: AbortSignal;
}

async function listen({ door, runId, signal }: Listening, hear: (event: SpeechEvent) => void): Promise<void> {
  const { ok, body } = await knock(door, `/watch/${encodeURIComponent(runId)}`, { signal });
  if (!ok || body === null) return void body?.cancel();
  for await (const line of linesOf(body)) {
    const event = line === '' ? undefined : SpeechEvent.parse(JSON.parse(line));
    if (signal.aborted) return;
    if (event !== undefined) hear(event);
  }
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > lineMax) throw new Error('Expected a shorter line.');
  }
}
