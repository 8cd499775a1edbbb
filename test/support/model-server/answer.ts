import type { ChatRequest } from './chat-request';
import { completionBody, completionOf } from './completion';
import { errorBody } from './refused-request';
import type { Reply, RetryAfter } from './reply';
import { streamEvents } from './stream-events';

/** What is sent: status, headers, and the body in the pieces in which it leaves. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: readonly string[];
  /** How it is sent. Default: at once, whole. */
  readonly pace?: Pick<Reply, 'delayMs' | 'perTokenDelayMs' | 'reset'>;
}

/** What a reply of the script is on the wire. */
export function answerOf(reply: Reply, request: ChatRequest, number: number): Answer {
  const { status, type, pieces } = contentOf(reply, request, number);
  return {
    ...{ status, pieces, pace: reply },
    headers: {
      'content-type': reply.contentType ?? type,
      'x-request-id': `req_${number}`,
      ...(reply.retryAfter === undefined ? {} : retryHeader(reply.retryAfter)),
      ...reply.headers,
    },
  };
}

/** An answer of JSON, sent at once. */
export function jsonAnswer(status: number, body: object): Answer {
  return { status, headers: { 'content-type': json }, pieces: [JSON.stringify(body)] };
}

const json = 'application/json';

function contentOf(reply: Reply, request: ChatRequest, number: number) {
  if (reply.error !== undefined) {
    return { status: reply.error.status, type: json, pieces: [JSON.stringify(errorBody(reply.error))] };
  }
  const isStream = request.stream === true;
  const type = isStream ? 'text/event-stream; charset=utf-8' : json;
  if (reply.body !== undefined) return { status: reply.status ?? 200, type, pieces: [reply.body] };
  const completion = completionOf(reply, request, number);
  const pieces = isStream
    ? streamEvents(completion, request.stream_options?.include_usage === true)
    : [JSON.stringify(completionBody(completion))];
  return { status: 200, type, pieces };
}

function retryHeader(after: RetryAfter): Readonly<Record<string, string>> {
  if ('seconds' in after) return { 'retry-after': String(after.seconds) };
  if ('ms' in after) return { 'retry-after-ms': String(after.ms) };
  return { 'retry-after': new Date(Date.now() + after.dateInMs).toUTCString() };
}
