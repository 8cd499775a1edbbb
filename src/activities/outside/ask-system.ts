import { types } from 'node:util';
import * as z from 'zod/mini';
import { failure, type Failure } from '../../contracts/failures';
import { effectUndone } from '../effect-undone';

/** A system outside that speaks JSON over HTTP, takes idempotency keys, and says why it refuses. */
export interface OutsideSystem {
  /** As people call it, such as `payment provider`. */
  readonly name: string;
  /** Where it is; nothing when the configuration does not say. */
  readonly url: string | undefined;
  /** The variable of the environment that says it. */
  readonly variable: string;
  /** The longest that one request may take. Default: ten seconds. */
  readonly timeoutMs?: number | undefined;
}

/** One request: what is done carries a key, so that the same request may come again. */
export interface SystemRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly idempotencyKey?: string;
  readonly body?: unknown;
}

/** What a system answered: with success, or why it refuses. */
export type SystemReply =
  | { readonly isDone: true; readonly body: unknown }
  | { readonly isDone: false; readonly status: number; readonly code: string; readonly message: string };

const timeoutMsDefault = 10_000;
const replyBytesMax = 1_000_000;
const messageCharactersMax = 300;
/** Refusals of the moment: the same request may be taken later. */
const passing = [408, 425, 429];
const Refusal = z.object({ error: z.object({ code: z.string().check(z.maxLength(100)), message: z.string() }) });

/**
 * Asks a system once; trying again is up to Temporal. Only a refusal in the system's own words counts as one: whatever
 * else comes back, a proxy's page for one, leaves open whether anything was done.
 *
 * @throws `ServiceUnavailable` when there was no answer, or one that is not the system's: it may or may not be done
 */
export async function askSystem(system: OutsideSystem, request: SystemRequest): Promise<SystemReply> {
  const { url, name, variable } = system;
  if (url === undefined) {
    const message = `This worker knows no ${name}. Set ${variable}, or run \`counterpoint up\`, which brings one up.`;
    throw failure('ServiceRefused', message, { system: name, code: 'not_configured', status: null });
  }
  const { status, text } = await exchange(system, url, request).catch((error: unknown) => {
    throw unavailable(system, reasonOf(error));
  });
  if (status >= 500 || passing.includes(status)) throw unavailable(system, `it answered ${status}`);
  const body = parsedJson(text);
  if (status >= 200 && status < 300) {
    if (text !== '' && body === undefined) throw unavailable(system, `its answer of ${status} is not JSON`);
    return { isDone: true, body };
  }
  const refusal = Refusal.safeParse(body);
  if (!refusal.success) throw unavailable(system, `it answered ${status} without saying why`);
  const { code, message } = refusal.data.error;
  return { isDone: false, status, code, message: message.slice(0, messageCharactersMax) };
}

/** What a reply says, when it has the shape that the protocol gives it. */
export function answerIn<Schema extends z.ZodMiniType>(system: OutsideSystem, schema: Schema, body: unknown) {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw unavailable(system, 'its answer has another shape than the protocol says');
}

/** The failure that a refusal of a system is. Nothing was done. */
export function refusalOf(
  system: OutsideSystem,
  { status, code, message }: Extract<SystemReply, { isDone: false }>,
  idempotencyKey: string,
): Failure {
  if (code === 'key_voided') return effectUndone(idempotencyKey);
  const details = { system: system.name, code, status };
  return failure('ServiceRefused', `The ${system.name} refuses (${code}): ${message}`, details);
}

/**
 * What stands under a key, or nothing.
 *
 * @throws `ServiceUnavailable`, `ServiceRefused`
 */
export async function findByKey<Schema extends z.ZodMiniType>(
  system: OutsideSystem,
  schema: Schema,
  idempotencyKey: string,
): Promise<z.output<Schema> | undefined> {
  const reply = await askSystem(system, { method: 'GET', path: keyPath(idempotencyKey) });
  if (reply.isDone) return answerIn(system, schema, reply.body);
  if (reply.code === 'unknown_key' || reply.code === 'key_voided') return undefined;
  throw refusalOf(system, reply, idempotencyKey);
}

/** Where a system keeps what was done under a key. */
export function keyPath(idempotencyKey: string): string {
  return `/v1/keys/${encodeURIComponent(idempotencyKey)}`;
}

async function exchange(
  { timeoutMs = timeoutMsDefault }: OutsideSystem,
  url: string,
  { method, path, idempotencyKey, body }: SystemRequest,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: response.status, text: await textOf(response) };
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Node's streams can be iterated; the library of the browser's types does not say so.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > replyBytesMax) throw new Error(`its answer is longer than ${replyBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no schema of an answer takes this
  }
}

function unavailable({ name }: OutsideSystem, why: string): Failure {
  return failure(
    'ServiceUnavailable',
    `The ${name} gave no answer that counts: ${why}. Whether anything was done is open; the same key may be used again.`,
    { system: name },
  );
}

/** What fetch fails with says little; what caused it says more. */
function reasonOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  return types.isNativeError(error.cause) ? `${error.message}: ${error.cause.message}` : error.message;
}
