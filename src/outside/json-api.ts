import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure } from '../contracts/failures';
import { canonicalJson } from '../contracts/json';
import { Refusal } from './refusal';
import { bodyOf } from './request-body';

/** One thing that can be asked of a system. `{key}` at the end of a path stands for an idempotency key, URL-encoded. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** @throws Refusal */
  answer(asked: Asked): Promise<Answer> | Answer;
}

/** What came with a request. */
export interface Asked {
  /** The JSON value that was posted. */
  readonly body: unknown;
  /** The idempotency key, from the path or from the header. Routes without one get an empty text. */
  readonly key: string;
}

export interface Answer {
  readonly status: number;
  /** Sent as canonical JSON. */
  readonly body?: unknown;
  /** Whether this was answered before, under the same key. */
  readonly isReplay?: boolean;
}

export interface ApiOptions {
  readonly routes: readonly Route[];
  /** The port on the loopback interface; 0 takes a free one. */
  readonly port: number;
  /** Told of what a system could not do by a fault of its own; who asked gets a status of 500. */
  readonly onTrouble: (error: unknown) => void;
}

/** How one of the outside systems is started. */
export interface SystemOptions extends Pick<ApiOptions, 'port' | 'onTrouble'> {
  /** Where it keeps what it accepted. Only one process may use it at a time. */
  readonly file: string;
}

/** A system that serves. */
export interface ServedApi {
  readonly url: string;
  close(): Promise<void>;
}

const host = '127.0.0.1';
const requestWithinMs = 10_000;
const closeWithinMs = 1_000;

/**
 * Serves a JSON API on the loopback interface. A refusal is a status in the 400s with
 * `{"error":{"code":"…","message":"…"}}`.
 *
 * @throws `PortOccupied`
 */
export async function serveApi({ routes, port, onTrouble }: ApiOptions): Promise<ServedApi> {
  const server = createServer((request, response) => {
    void answerTo(request, routes)
      .catch((error: unknown) => refusalOf(error, onTrouble))
      .then((answer) => {
        send(response, answer);
      });
  });
  server.requestTimeout = requestWithinMs;
  server.headersTimeout = requestWithinMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(failure('PortOccupied', `Port ${port} of ${host} cannot be listened on: ${error.message}.`, { port }));
    });
    server.listen({ port, host, exclusive: true }, resolve);
  });
  const url = `http://${host}:${(server.address() as AddressInfo).port}`; // a TCP server's address
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => {
          server.closeAllConnections();
        }, closeWithinMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function answerTo(request: IncomingMessage, routes: readonly Route[]): Promise<Answer> {
  // Read first, so that a connection that is used again begins with the next request.
  const text = await bodyOf(request);
  const [pathname = ''] = (request.url ?? '').split('?');
  // A web page that has its own name lead to this address is none of those who may ask.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
    throw new Refusal(421, 'wrong_host', 'This system answers only to its own address.');
  }
  for (const route of routes) {
    const keyInPath = matched(route, request.method, pathname);
    if (keyInPath === undefined) continue;
    if (route.method !== 'POST') return route.answer({ body: undefined, key: keyInPath });
    return route.answer({ body: jsonOf(request, text), key: keyOf(request) });
  }
  throw new Refusal(404, 'not_found', `There is no ${request.method ?? ''} ${pathname}.`);
}

/** Nothing when the route is not meant; the key in its path, or an empty text when it has none. */
function matched({ method, path }: Route, asked: string | undefined, pathname: string): string | undefined {
  if (method !== asked) return undefined;
  if (!path.endsWith('{key}')) return path === pathname ? '' : undefined;
  const start = path.slice(0, -'{key}'.length);
  if (!pathname.startsWith(start)) return undefined;
  try {
    return valid(decodeURIComponent(pathname.slice(start.length)));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(400, 'invalid_key', 'The key in the path is not URL-encoded.');
  }
}

function keyOf({ headers }: IncomingMessage): string {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string') throw new Refusal(400, 'missing_key', 'Send an Idempotency-Key.');
  return valid(key);
}

function valid(key: string): string {
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Refusal(400, 'invalid_key', 'An idempotency key has 1 to 255 visible ASCII characters.');
}

function jsonOf({ headers }: IncomingMessage, text: string): unknown {
  if (!/^application\/json(;|$)/i.test(headers['content-type'] ?? '')) {
    throw new Refusal(415, 'not_json', 'Send a body of type application/json.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'invalid_json', 'The body is not JSON.');
  }
}

function refusalOf(error: unknown, onTrouble: (error: unknown) => void): Answer {
  if (error instanceof Refusal) {
    return { status: error.status, body: { error: { code: error.code, message: error.message } } };
  }
  onTrouble(error);
  return { status: 500, body: { error: { code: 'internal', message: 'Something went wrong here. Try again.' } } };
}

function send(response: ServerResponse, { status, body, isReplay = false }: Answer): void {
  if (isReplay) response.setHeader('idempotent-replayed', 'true');
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json' }).end(canonicalJson(body));
}
