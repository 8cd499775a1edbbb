import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { failure } from '../../contracts/failures';
import { reasonOf } from './reason';

/** How long a download may take and how much it may bring. `quietMs`: from the request, or one part, to the next. */
export interface DownloadLimits {
  readonly quietMs: number;
  readonly totalMs: number;
  readonly bytesMax: number;
}

/** Where to download from: the address without credentials, and the header that carries them, if any. */
export interface Origin {
  readonly url: URL;
  readonly authorization?: string;
}

const progressEveryMs = 500;

/** Passes on at most two messages a second, the first at once. */
export function calmly(say: (message: string) => void): (message: string) => void {
  let next = 0;
  return (message) => {
    if (performance.now() < next) return;
    next = performance.now() + progressEveryMs;
    say(message);
  };
}

/**
 * Downloads within limits, handing over each part in order as it comes. Resolves to the final address, after
 * redirects.
 *
 * @throws TemporalNotFound with the reason: refused, too large, too slow, another status than 200
 */
export async function download(
  origin: Origin,
  limits: DownloadLimits,
  onPart: (part: Uint8Array) => void | Promise<void>,
): Promise<string> {
  const abort = new AbortController();
  const stop = (reason: string) => {
    abort.abort(failure('TemporalNotFound', reason));
  };
  const total = setTimeout(stop, limits.totalMs, `it took longer than ${limits.totalMs / 1000} s`);
  const quiet = setTimeout(stop, limits.quietMs, `nothing came for ${limits.quietMs / 1000} s`);
  try {
    const headers = { accept: '*/*', ...(origin.authorization && { authorization: origin.authorization }) };
    const response = await fetch(origin.url, { headers, signal: abort.signal });
    if (!response.ok || response.body === null) throw failure('TemporalNotFound', `it answered ${response.status}`);
    let bytes = 0;
    // Node's streams can be iterated, which the type of the web's streams does not say.
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      quiet.refresh();
      bytes += part.byteLength;
      if (bytes > limits.bytesMax) throw failure('TemporalNotFound', `it is larger than ${limits.bytesMax} bytes`);
      await onPart(part);
    }
    return response.url;
  } catch (error) {
    const reason: unknown = abort.signal.aborted ? abort.signal.reason : error;
    throw failure('TemporalNotFound', `${origin.url.href}: ${reasonOf(reason)}`);
  } finally {
    clearTimeout(total);
    clearTimeout(quiet);
    abort.abort();
  }
}

/** Downloads into a new file and returns the lower-case hex SHA-256 of what was written. */
export async function downloadToFile(
  origin: Origin,
  limits: DownloadLimits,
  to: { readonly path: string; readonly onBytes: (bytes: number) => void },
): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(to.path, 'wx', 0o600);
  try {
    let bytes = 0;
    await download(origin, limits, async (part) => {
      hash.update(part);
      await file.write(part);
      bytes += part.byteLength;
      to.onBytes(bytes);
    });
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
