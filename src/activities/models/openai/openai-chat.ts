import { createHash } from 'node:crypto';
import type OpenAI from 'openai' with { 'resolution-mode': 'import' };
import { failure } from '../../../contracts/failures';
import { canonicalJson } from '../../../contracts/json';
import type { Chat, ChatRequest } from '../chat';
import { boundedFetch } from './bounded-fetch';
import { lackIn, type Capabilities } from './capabilities';
import type { Completion } from './completion';
import { exchange } from './exchange';
import { modelFailure } from './model-failure';
import { readAnswer } from './read-answer';
import { requestBody, type RequestBody } from './request-body';

/** A model of a server, and what is known of it. What is not said is found out. */
export interface OpenaiModel {
  readonly id: string;
  /** Default: `schema`, until the server complains. */
  readonly structuredOutputs?: Capabilities['structuredOutputs'];
  /**
   * Default: `true`, until the server complains. A server that takes tools and holds every answer to the schema
   * never lets its model use one: for it, say `false`.
   */
  readonly toolCalling?: boolean;
  /** Default: `true`, until the server complains. */
  readonly streaming?: boolean;
  /** Whether the schema is also in the prompt where the server enforces it. Default: except at OpenAI, whose models see it. */
  readonly schemaInPrompt?: boolean;
  /** For one request, from the connection to the last byte. Default: 300,000; at most an hour. */
  readonly timeoutMs?: number;
  /** Of an answer on the wire, where a streamed token has some 250 bytes. Default: 16 MiB. */
  readonly answerBytesMax?: number;
}

export interface OpenaiChatOptions {
  /** With the `/v1` that most servers have. */
  readonly baseUrl: string;
  /** Default: none is sent. */
  readonly apiKey?: string | undefined;
  readonly model: OpenaiModel;
  /** Is given prompts and outputs, never keys. Default: nobody is. */
  readonly debug?: (message: string, meta: Readonly<Record<string, unknown>>) => void;
}

const timeoutMsDefault = 300_000;
const timeoutMsMax = 3_600_000;
const answerBytesMaxDefault = 16 * 1_024 * 1_024;

/**
 * A model behind any server that speaks OpenAI's chat completions. What the server turns out to lack is remembered for
 * as long as the chat is kept, so one is made for each model of a worker. A call makes one request, and one more for
 * each capability that it finds missing. Connecting may take 10 s, and the server may be silent for 300 s: these are
 * limits of Node.js.
 *
 * @throws `InvalidInput` for a base URL, a key or a limit that cannot be one
 */
export function openaiChat(options: OpenaiChatOptions): Chat {
  const { model, baseUrl, apiKey, debug } = options;
  const { timeoutMs = timeoutMsDefault, schemaInPrompt = !isOpenaiItself(baseUrl) } = model;
  assertUsable(options);
  let client: Promise<OpenAI> | undefined;
  let known = capabilitiesOf(options);
  return async (request) => {
    client ??= clientFor(options).catch((error: unknown) => {
      client = undefined;
      throw error;
    });
    let able = known;
    const missing = new Set<keyof Capabilities>();
    for (;;) {
      const body = requestBody(request, able, { model: model.id, schemaInPrompt });
      debug?.('model request', { model: model.id, body });
      const { signal } = request;
      const asked = { client: await client, body, timeoutMs, signal, onText: listener(request) };
      const exchanged = await exchange(asked);
      if ('completion' in exchanged) {
        debug?.('model answer', { model: model.id, ...exchanged.completion });
        assertGiven(exchanged.completion, model.id);
        return readAnswer(exchanged.completion, request, body);
      }
      const { said } = exchanged;
      const failed = modelFailure(said, { model: model.id, requestHash: hashOf(body), apiKey });
      debug?.('model error', { model: model.id, status: said.status, type: failed.type });
      const lack = failed.type === 'ContextTooLong' ? undefined : lackIn(said, able);
      if (lack === undefined || missing.has(lack.capability)) throw failed;
      missing.add(lack.capability);
      able = { ...able, ...lack.instead };
      if (lack.isLasting) known = { ...known, ...lack.instead };
    }
  };
}

/** @throws `InvalidInput` for a base URL, a key or a limit that cannot be one */
function assertUsable({ baseUrl, apiKey = '', model }: OpenaiChatOptions): void {
  const { timeoutMs = timeoutMsDefault, answerBytesMax = answerBytesMaxDefault, id } = model;
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol)) {
    throw failure('InvalidInput', `Expected a base URL for ${id} that begins with http:// or https://. Correct it.`);
  }
  const { username, password } = new URL(baseUrl);
  if (username !== '' || password !== '') {
    throw failure(
      'InvalidInput',
      `Expected a base URL for ${id} without a name or password, which no request can carry. Give the key by itself.`,
    );
  }
  if (!/^[\x21-\x7e]*$/.test(apiKey)) {
    throw failure(
      'InvalidInput',
      'OPENAI_API_KEY holds a character that is not visible ASCII, such as a space or a line break. Set it again.',
    );
  }
  for (const [name, value, max] of [
    ['timeoutMs', timeoutMs, timeoutMsMax],
    ['answerBytesMax', answerBytesMax, 2 ** 30],
  ] as const) {
    if (Number.isInteger(value) && value >= 1 && value <= max) continue;
    throw failure('InvalidInput', `Expected ${name} of ${id} from 1 to ${max}; ${value} came. Correct it.`);
  }
}

/** The package is loaded when a model is first asked: a worker whose agents are all code has no use for it. */
async function clientFor({ baseUrl, apiKey = '', model }: OpenaiChatOptions): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  return new Client({
    baseURL: baseUrl,
    // The package insists on a key; without one, the header is left out.
    ...(apiKey === '' ? { apiKey: 'none', defaultHeaders: { Authorization: null } } : { apiKey }),
    // What it would otherwise read from the environment.
    ...{ adminAPIKey: null, organization: null, project: null, webhookSecret: null },
    maxRetries: 0,
    // It would print what it cannot read.
    logLevel: 'off',
    fetch: boundedFetch(model.answerBytesMax ?? answerBytesMaxDefault),
  });
}

function capabilitiesOf({ baseUrl, model }: OpenaiChatOptions): Capabilities {
  const { structuredOutputs = 'schema', toolCalling = true, streaming = true } = model;
  // OpenAI's newer models know only the new name; many servers know only the old one, and pass over the other.
  const limitName = isOpenaiItself(baseUrl) ? 'max_completion_tokens' : 'max_tokens';
  return { structuredOutputs, toolCalling, streaming, streamedUsage: true, limitName };
}

function isOpenaiItself(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && /(^|\.)openai\.com$/.test(new URL(baseUrl).hostname);
}

function assertGiven({ refusal, finishReason }: Completion, model: string): void {
  if (refusal === '' && finishReason !== 'content_filter') return;
  const reason = refusal === '' ? 'contentFilter' : 'refusal';
  const what = refusal === '' ? 'it was filtered' : 'it refused';
  throw failure('ModelRefused', `Expected an answer of ${model}; ${what}. Ask another model, or a person.`, {
    model,
    reason,
  });
}

/** Whoever watches must not disturb the answer. */
function listener({ onText }: ChatRequest): (text: string) => void {
  return (text) => {
    try {
      onText?.(text);
    } catch {
      // Losing what is shown loses nothing.
    }
  };
}

function hashOf(body: RequestBody): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex');
}
