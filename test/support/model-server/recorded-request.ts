import type { IncomingMessage } from 'node:http';
import type { Ending } from './send-answer';

/** A request as it came, and what became of it. */
export interface RecordedRequest {
  /** From 1, in the order in which they were fully received. */
  readonly number: number;
  /** Since the epoch. */
  readonly receivedAtMs: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Names in lower case. The values of keys are not kept: in their place stands `(not kept)`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON value; the text where it is none. Nothing of an empty body. */
  readonly body: unknown;
  /** The rule and the reply of the script that answered, from 1; nothing where none did. */
  rule?: number;
  reply?: number;
  /** Of the answer; nothing while there is none, and of a connection that was reset before it. */
  status?: number;
  /** How the answer ended; `open` while it is under way. */
  ending: Ending | 'open';
}

const secretHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'api-key',
  'x-api-key',
  'cookie',
]);

/** What is kept of a request. */
export function recorded({ method, url, headers }: IncomingMessage, text: string, number: number): RecordedRequest {
  const kept = Object.entries(headers).map(([name, value]) => {
    const values = Array.isArray(value) ? value.join(', ') : (value ?? '');
    return [name, secretHeaders.has(name) ? '(not kept)' : values] as const;
  });
  return {
    ...{ number, receivedAtMs: Date.now(), method: method ?? '', path: url ?? '', headers: Object.fromEntries(kept) },
    ...{ body: bodyOf(text), ending: 'open' },
  };
}

function bodyOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
