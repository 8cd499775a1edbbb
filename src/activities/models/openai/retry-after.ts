const retryAfterMsMin = 1_000;
const retryAfterMsMax = 60_000;

/**
 * How long a server asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as an HTTP date, held between one
 * second and one minute. Nothing: it does not say, or not so that it can be read.
 */
export function retryAfterMs(headers: Headers | undefined, nowMs: number): number | undefined {
  const asked = askedMs(headers?.get('retry-after-ms'), headers?.get('retry-after'), nowMs);
  if (asked === undefined) return undefined;
  return Math.min(Math.max(Math.ceil(asked), retryAfterMsMin), retryAfterMsMax);
}

function askedMs(inMs: string | null | undefined, after: string | null | undefined, nowMs: number): number | undefined {
  const ms = numberIn(inMs);
  if (ms !== undefined) return ms;
  const seconds = numberIn(after);
  if (seconds !== undefined) return seconds * 1_000;
  const dateMs = Date.parse(after ?? '');
  return Number.isNaN(dateMs) ? undefined : dateMs - nowMs;
}

function numberIn(text: string | null | undefined): number | undefined {
  return /^\s*\d+(\.\d+)?\s*$/.test(text ?? '') ? Number(text) : undefined;
}
