import type OpenAI from 'openai' with { 'resolution-mode': 'import' };
import type { Stream } from 'openai/streaming' with { 'resolution-mode': 'import' };
import { failure, type Failure } from '../../../contracts/failures';
import { parsedJson } from '../parsed-json';
import { oversizeBody } from './bounded-fetch';
import {
  argumentsText,
  CompletionChunk,
  contentText,
  requestsMax,
  usageIn,
  WholeCompletion,
  type Completion,
} from './completion';
import { gathering } from './gather-stream';
import type { RequestBody } from './request-body';
import { serverError, type ServerError } from './server-error';

/** One request over the wire. */
export interface Exchange {
  readonly client: OpenAI;
  readonly body: RequestBody;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly onText: (text: string) => void;
}

/** What came of it: an answer, or the server's error. */
export type Exchanged = { readonly completion: Completion } | { readonly said: ServerError };

/**
 * Makes exactly one request.
 *
 * @throws `ModelUnavailable` when no answer came, or none that can be read; the signal's reason when it is aborted
 */
export async function exchange(asked: Exchange): Promise<Exchanged> {
  const { signal, timeoutMs, body } = asked;
  signal.throwIfAborted();
  const stopped = new AbortController();
  const stop = () => {
    stopped.abort();
  };
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(stop, timeoutMs);
  try {
    const exchanged = await read(asked, stopped);
    // A stream that is stopped ends as if it had been read to its end.
    stopped.signal.throwIfAborted();
    return exchanged;
  } catch (error) {
    signal.throwIfAborted();
    if (stopped.signal.aborted) {
      throw unavailable(body.model, `did not answer within ${timeoutMs} ms`, { reason: 'timeout', timeoutMs });
    }
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    // Nothing of an answer that was not read to its end goes on coming.
    stop();
  }
}

async function read({ client, body, timeoutMs, onText }: Exchange, stopped: AbortController): Promise<Exchanged> {
  const { model } = body;
  const response = await attempt(model, () =>
    client.chat.completions.create(body, { signal: stopped.signal, timeout: timeoutMs, maxRetries: 0 }).asResponse(),
  );
  if ('said' in response) return response;
  const { headers } = response.value;
  const contentType = /^[\w.+-]+\/[\w.+-]+/.exec(headers.get('content-type') ?? '')?.[0].toLowerCase() ?? 'no type';
  if (contentType === 'text/event-stream') {
    const { Stream } = await import('openai/streaming');
    const completion = await attempt(model, () =>
      // A stream that breaks aborts the controller that it is given; ours says only that we stopped it.
      readStream(Stream.fromSSEResponse(response.value, new AbortController(), client), onText),
    );
    if ('said' in completion) return completion;
    return { completion: answered(completion.value, model, stopped) };
  }
  const text = await attempt(model, () => response.value.text());
  return 'said' in text ? text : readWhole(text.value, { model, contentType, headers, onText });
}

/** @returns nothing when the stream had no choice in it */
async function readStream(chunks: Stream<unknown>, onText: (text: string) => void): Promise<Completion | undefined> {
  const answer = gathering();
  let hasChoice = false;
  for await (const chunk of chunks) {
    const parsed = CompletionChunk.parse(chunk);
    hasChoice ||= (parsed.choices ?? []).length > 0;
    const text = answer.take(parsed);
    if (text !== '') onText(text);
  }
  return hasChoice ? answer.gathered() : undefined;
}

function answered(completion: Completion | undefined, model: string, { signal }: AbortController): Completion {
  signal.throwIfAborted();
  if (completion === undefined) throw unavailable(model, 'ended without an answer', { reason: 'emptyAnswer' });
  if (completion.finishReason === undefined) {
    throw unavailable(model, 'broke off in mid-stream', { reason: 'cut', characters: completion.text.length });
  }
  return completion;
}

interface Whole {
  readonly model: string;
  readonly contentType: string;
  readonly headers: Headers;
  readonly onText: (text: string) => void;
}

function readWhole(text: string, { model, contentType, headers, onText }: Whole): Exchanged {
  const came = { contentType, bytes: Buffer.byteLength(text) };
  const read = parsedJson(text);
  const value = 'value' in read ? read.value : undefined;
  if (typeof value === 'object' && value !== null && 'error' in value && value.error !== null) {
    return { said: serverError(value, undefined, headers) };
  }
  const parsed = WholeCompletion.safeParse(value);
  if (!parsed.success) {
    const what = value === undefined ? 'no JSON' : 'JSON that is no chat completion';
    throw unavailable(model, `sent ${what} (${contentType}, ${came.bytes} bytes)`, {
      reason: 'notACompletion',
      ...came,
    });
  }
  const [choice] = parsed.data.choices;
  if (choice === undefined) throw unavailable(model, 'sent no choice', { reason: 'emptyAnswer', ...came });
  const { content, refusal, tool_calls: calls } = choice.message;
  const completion: Completion = {
    text: contentText(content),
    refusal: refusal ?? '',
    requests: (calls ?? []).slice(0, requestsMax).map(({ id, function: called }) => ({
      ...{ id: id ?? '', name: called?.name ?? '', arguments: argumentsText(called?.arguments) },
    })),
    finishReason: choice.finish_reason ?? undefined,
    usage: usageIn(parsed.data.usage),
  };
  if (completion.text !== '') onText(completion.text);
  return { completion };
}

/** Whatever ends the reading of an answer is the server's error, or that there is no answer: by fields, not by class. */
async function attempt<Value>(
  model: string,
  reading: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly said: ServerError }> {
  try {
    return { value: await reading() };
  } catch (error) {
    const { status, error: told, headers } = fieldsOf(error);
    if (status !== undefined || (told !== undefined && told !== null)) {
      return { said: serverError(told, status, headers) };
    }
    throw unread(model, error);
  }
}

function unread(model: string, error: unknown): Failure {
  const { name } = fieldsOf(error);
  if (name === oversizeBody) {
    // What floods us once would again, and every attempt is paid for.
    const message = `Expected an answer of ${model}; its server sent more than an answer may have. Ask another model.`;
    return failure('ModelUnusable', message, { model, reason: 'oversize' });
  }
  if (name === 'SyntaxError' || name === '$ZodError') {
    return unavailable(model, 'sent a stream that is no chat completion', { reason: 'notACompletion' });
  }
  const code = causeCode(error);
  const details = { reason: 'connection', ...(code === undefined ? {} : { code }) };
  return unavailable(model, `cannot be reached, or broke off${code === undefined ? '' : ` (${code})`}`, details);
}

/** The code that the network gives, such as `ECONNREFUSED`, from wherever in the causes it stands. */
function causeCode(error: unknown, depth = 0): string | undefined {
  const { code, cause } = fieldsOf(error);
  if (code !== undefined && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return code;
  return cause === undefined || depth >= 5 ? undefined : causeCode(cause, depth + 1);
}

interface ErrorFields {
  readonly status?: number;
  readonly name?: string;
  readonly code?: string;
  readonly error?: unknown;
  readonly cause?: unknown;
  readonly headers?: Headers;
}

function fieldsOf(error: unknown): ErrorFields {
  if (typeof error !== 'object' || error === null) return {};
  const { status, name, code, error: told, cause, headers } = error as Record<string, unknown>; // any object has fields
  return {
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof code === 'string' ? { code } : {}),
    ...{ error: told, cause },
    ...(headers instanceof Headers ? { headers } : {}),
  };
}

function unavailable(model: string, what: string, details: Failure['details']): Failure {
  return failure(
    'ModelUnavailable',
    `Expected an answer of ${model}; its server ${what}. The same may succeed later.`,
    {
      model,
      ...details,
    },
  );
}
