import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure } from '../../../src/contracts/failures';
import { answerOf, jsonAnswer, type Answer } from './answer';
import { asChatRequest } from './chat-request';
import { asScript } from './read-script';
import { recorded, type RecordedRequest } from './recorded-request';
import { refuseUnsupported, refuseWithoutKey } from './refuse-request';
import { errorBody, RefusedRequest } from './refused-request';
import { repliesInTurn, type ChosenReply } from './replies-in-turn';
import type { ModelScript } from './script';
import { sendAnswer } from './send-answer';

export type { RecordedRequest } from './recorded-request';
export type { ModelScript } from './script';

/** A model server that serves. */
export interface ModelServer {
  /** What `OPENAI_BASE_URL` is set to: with `/v1`. */
  readonly url: string;
  /** Every request that was fully received, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Ends it at once, cutting what is under way. */
  close(): Promise<void>;
}

export interface ModelServerOptions {
  /** On the loopback interface. Default: a free one. */
  readonly port?: number;
  /** Told of each request when its answer has ended. It must not throw. */
  readonly onAnswered?: (request: RecordedRequest) => void;
}

const host = '127.0.0.1';
const keepAliveMs = 3_600_000;
const requestBytesMax = 64 * 1024 * 1024;

/**
 * Starts a server that speaks the wire format of OpenAI (`POST /v1/chat/completions`, streamed or not, and
 * `GET /v1/models`) and answers what its script says, and nothing else.
 *
 * @throws `InvalidInput` when the script is none, `PortOccupied`
 */
export async function startModelServer(given: ModelScript, options: ModelServerOptions = {}): Promise<ModelServer> {
  const { port = 0, onAnswered } = options;
  const script = asScript(given);
  const choose = repliesInTurn(script);
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    void receive(request).then(async (text) => {
      if (text === undefined) return;
      const entry = recorded(request, text, requests.length + 1);
      requests.push(entry);
      const answer = answerTo({ request, entry, script, choose });
      if (answer.pace?.reset !== 'beforeAnswer') entry.status = answer.status;
      entry.ending = await sendAnswer(response, answer);
      onAnswered?.(entry);
    });
    response.on('error', ignoreCut);
  });
  // No connection breaks but where the script says so.
  server.requestTimeout = 0;
  server.keepAliveTimeout = keepAliveMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(failure('PortOccupied', `Port ${port} of ${host} cannot be listened on: ${error.message}.`, { port }));
    });
    server.listen({ port, host, exclusive: true }, resolve);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/v1`, // a TCP server's address
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

interface Asked {
  readonly request: IncomingMessage;
  readonly entry: RecordedRequest;
  readonly script: ModelScript;
  readonly choose: ReturnType<typeof repliesInTurn>;
}

function answerTo({ request, entry, script, choose }: Asked): Answer {
  try {
    refuseWithoutKey(script, request.headers.authorization);
    const [path] = entry.path.split('?');
    if (entry.method === 'GET' && path === '/v1/models') return jsonAnswer(200, modelList(script));
    if (entry.method !== 'POST' || path !== '/v1/chat/completions') {
      const message = `Unknown request URL: ${entry.method} ${entry.path}.`;
      throw new RefusedRequest({ status: 404, message, code: 'unknown_url' });
    }
    const chat = asChatRequest(entry.body);
    refuseUnsupported(script, chat);
    const { rule, reply, chosen }: ChosenReply = choose(chat);
    Object.assign(entry, { rule, reply });
    return answerOf(chosen, chat, entry.number);
  } catch (error) {
    if (!(error instanceof RefusedRequest)) throw error;
    return jsonAnswer(error.error.status, errorBody(error.error));
  }
}

/** Without models in the script, those that its rules name. */
function modelList({ models, rules }: ModelScript): object {
  const named = rules.flatMap(({ when }) => when?.model ?? []);
  const ids = [...new Set(models ?? named)];
  return { object: 'list', data: ids.map((id) => ({ id, object: 'model', created: 0, owned_by: 'script' })) };
}

/** @returns nothing of a request that was cut off or is too large: its line is cut */
async function receive(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes > requestBytesMax) return void request.destroy();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  } catch {
    return undefined;
  }
}

/** A client that leaves in the middle of an answer is no trouble: the request's ending says it. */
function ignoreCut(): void {
  // the ending is read from the response
}
