import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from './answer';

/** How an answer ended: all of it sent; the connection reset, as the script wanted; the other side gone before. */
export type Ending = 'complete' | 'reset' | 'abandoned';

/** Sends an answer at its pace, and resets the connection where the script says so. */
export async function sendAnswer(
  response: ServerResponse,
  { status, headers, pieces, pace = {} }: Answer,
): Promise<Ending> {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  const wait = async (ms = 0) => {
    if (ms > 0) await pause(ms, undefined, { signal: gone.signal }).catch(() => undefined);
  };
  await wait(pace.delayMs);
  if (isGone(response)) return 'abandoned';
  if (pace.reset === 'beforeAnswer') return reset(response);

  const isStream = pieces.length > 1;
  const bytes = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0);
  response.writeHead(status, isStream ? headers : { 'content-length': String(bytes), ...headers });
  response.flushHeaders();
  let left = bytesBeforeReset(pace.reset, bytes);
  for (const piece of pieces) {
    if (isStream) await wait(pace.perTokenDelayMs);
    if (isGone(response)) return 'abandoned';
    const part = Buffer.from(piece).subarray(0, Math.min(left, bytesMax));
    await written(response, part);
    left -= part.byteLength;
    if (left <= 0) return reset(response);
  }
  if (isGone(response)) return 'abandoned';
  if (pace.reset !== undefined) return reset(response);
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.end(resolve);
  });
  return response.writableFinished ? 'complete' : 'abandoned';
}

const bytesMax = Number.MAX_SAFE_INTEGER;

function bytesBeforeReset(where: NonNullable<Answer['pace']>['reset'], bytes: number): number {
  if (where === undefined || where === 'beforeAnswer') return Infinity;
  return where === 'midway' ? Math.floor(bytes / 2) : where.afterBytes;
}

/** Done when the bytes have left this process, or never will. */
function written(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    response.write(bytes, () => {
      resolve();
    });
  });
}

function isGone({ destroyed, socket }: ServerResponse): boolean {
  return destroyed || socket === null || socket.destroyed;
}

function reset({ socket }: ServerResponse): Ending {
  socket?.resetAndDestroy();
  return 'reset';
}
