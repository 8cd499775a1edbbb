import type { OpenaiModel } from '../../../../src/activities/models/openai/openai-chat';
import type { FailureType } from '../../../../src/contracts/failures';
import type { ModelScript } from '../../../support/model-server';
import { apiKey, secretPrompt } from './asking';

export type Reply = ModelScript['rules'][number]['replies'][number];
/** What a server does, and what it becomes. */
export interface Row {
  readonly what: string;
  readonly reply: Reply;
  readonly type: FailureType;
  readonly details: object;
  readonly model?: Partial<OpenaiModel>;
}

const echo = `Your key ${apiKey} sent: ${secretPrompt}`;
export const error = (status: number, more: object = {}): Reply => ({ error: { status, message: echo, ...more } });
const busy = (retryAfter: NonNullable<Reply['retryAfter']>): Reply => ({ ...error(429), retryAfter });
const whole = { streaming: false };

/** The error table: one request each. */
export const rows: readonly Row[] = [
  {
    what: 'a connection that is reset before the answer',
    reply: { reset: 'beforeAnswer' },
    type: 'ModelUnavailable',
    details: { reason: 'connection' },
  },
  {
    what: 'a stream that is reset in the middle',
    reply: { content: { due: 'in May, or in June at the latest' }, reset: 'midway' },
    type: 'ModelUnavailable',
    details: { reason: 'connection' },
  },
  {
    what: 'a whole answer that is reset in the middle',
    reply: { content: { due: 'in May' }, reset: 'midway' },
    type: 'ModelUnavailable',
    details: { reason: 'connection' },
    model: whole,
  },
  {
    what: 'a stream that ends without its end',
    reply: { body: 'data: {"choices":[{"index":0,"delta":{"content":"{\\"du"}}]}\n\n' },
    type: 'ModelUnavailable',
    details: { reason: 'cut', characters: 4 },
  },
  {
    what: 'an answer that does not come in time',
    reply: { content: { due: 'in May' }, delayMs: 60_000 },
    type: 'ModelUnavailable',
    details: { reason: 'timeout', timeoutMs: 200 },
    model: { timeoutMs: 200 },
  },
  {
    what: 'a stream that does not end in time',
    reply: { content: { due: 'in May' }, perTokenDelayMs: 60_000 },
    type: 'ModelUnavailable',
    details: { reason: 'timeout', timeoutMs: 500 },
    model: { timeoutMs: 500 },
  },
  ...[408, 409, 500, 502, 503, 504, 529].map((status) => ({
    what: `status ${status}`,
    reply: error(status),
    type: 'ModelUnavailable' as const,
    details: { status },
  })),
  {
    what: 'a page of a proxy with status 502',
    reply: { body: '<html>Bad gateway</html>', status: 502, contentType: 'text/html' },
    type: 'ModelUnavailable',
    details: { status: 502 },
  },
  {
    what: 'an overloaded server that says when to come again',
    reply: { ...error(503), retryAfter: { seconds: 7 } },
    type: 'ModelUnavailable',
    details: { status: 503, retryAfterMs: 7_000 },
  },
  {
    what: 'an error in the middle of a stream',
    reply: {
      body: `data: {"choices":[{"delta":{"content":"{"}}]}\n\ndata: {"error":{"message":"${echo}","type":"server_error"}}\n\n`,
    },
    type: 'ModelUnavailable',
    details: { serverType: 'server_error' },
  },
  {
    what: 'an error that stands in an answer of status 200',
    reply: { body: `{"error":{"message":"${echo}","code":429}}`, contentType: 'application/json' },
    type: 'ModelBusy',
    details: { status: 429, code: '429' },
  },
  { what: 'status 429', reply: error(429), type: 'ModelBusy', details: { status: 429, code: 'rate_limit_exceeded' } },
  {
    what: '429 with Retry-After in seconds',
    reply: busy({ seconds: 12 }),
    type: 'ModelBusy',
    details: { retryAfterMs: 12_000 },
  },
  {
    what: '429 with retry-after-ms',
    reply: busy({ ms: 2_345 }),
    type: 'ModelBusy',
    details: { retryAfterMs: 2_345 },
  },
  {
    what: '429 with Retry-After of an hour',
    reply: busy({ seconds: 3_600 }),
    type: 'ModelBusy',
    details: { retryAfterMs: 60_000 },
  },
  {
    what: '429 with Retry-After of no time',
    reply: busy({ ms: 0 }),
    type: 'ModelBusy',
    details: { retryAfterMs: 1_000 },
  },
  {
    what: '429 with Retry-After as a date long past',
    reply: busy({ dateInMs: -3_600_000 }),
    type: 'ModelBusy',
    details: { retryAfterMs: 1_000 },
  },
  {
    what: '429 with Retry-After as a date in an hour',
    reply: busy({ dateInMs: 3_600_000 }),
    type: 'ModelBusy',
    details: { retryAfterMs: 60_000 },
  },
  {
    what: '429 for want of quota',
    reply: error(429, { code: 'insufficient_quota', type: 'insufficient_quota' }),
    type: 'ModelUnusable',
    details: { status: 429, code: 'insufficient_quota' },
  },
  { what: 'status 401', reply: error(401), type: 'ModelUnusable', details: { status: 401, code: 'invalid_api_key' } },
  { what: 'status 402', reply: error(402), type: 'ModelUnusable', details: { status: 402 } },
  { what: 'status 403', reply: error(403), type: 'ModelUnusable', details: { status: 403 } },
  {
    what: 'an unknown model',
    reply: error(404),
    type: 'ModelUnusable',
    details: { status: 404, code: 'model_not_found' },
  },
  {
    what: 'a redirection',
    reply: { body: '', status: 301, headers: { location: '/elsewhere' } },
    type: 'ModelUnusable',
    details: { status: 301 },
  },
  {
    what: '400 for a context that is too long, by its code',
    reply: error(400, { code: 'context_length_exceeded' }),
    type: 'ContextTooLong',
    details: { status: 400 },
  },
  {
    what: '400 for a context that is too long, in words',
    reply: error(400, { message: 'Requested tokens (9000) exceed context window of 8192', code: null }),
    type: 'ContextTooLong',
    details: { status: 400 },
  },
  {
    what: '413 for a request that is too large',
    reply: error(413),
    type: 'ContextTooLong',
    details: { status: 413 },
  },
  {
    what: 'status 422',
    reply: error(422),
    type: 'ModelRequestRejected',
    details: { status: 422, requestHash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
  },
  {
    what: 'another 400',
    reply: error(400),
    type: 'ModelRequestRejected',
    details: { status: 400, requestHash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
  },
  { what: 'a refusal', reply: { refusal: secretPrompt }, type: 'ModelRefused', details: { reason: 'refusal' } },
  {
    what: 'a refusal that comes at once',
    reply: { refusal: secretPrompt },
    type: 'ModelRefused',
    details: { reason: 'refusal' },
    model: whole,
  },
  {
    what: 'an answer that was filtered',
    reply: { content: '{"d', finishReason: 'content_filter' },
    type: 'ModelRefused',
    details: { reason: 'contentFilter' },
  },
  {
    what: 'a prompt that was filtered',
    reply: error(400, { code: 'content_filter' }),
    type: 'ModelRefused',
    details: { status: 400 },
  },
  {
    what: 'a page instead of an answer',
    reply: { body: '<html>Sign in</html>', contentType: 'text/html' },
    type: 'ModelUnavailable',
    details: { reason: 'notACompletion', contentType: 'text/html', bytes: 20 },
  },
  {
    what: 'a body that is no JSON',
    reply: { body: '{"choices": [', contentType: 'application/json' },
    type: 'ModelUnavailable',
    details: { reason: 'notACompletion', contentType: 'application/json', bytes: 13 },
  },
  {
    what: 'JSON that is no answer',
    reply: { body: '{"ok": true}', contentType: 'application/json' },
    type: 'ModelUnavailable',
    details: { reason: 'notACompletion' },
  },
  {
    what: 'events that are no JSON',
    reply: { body: `data: ${secretPrompt}\n\n` },
    type: 'ModelUnavailable',
    details: { reason: 'notACompletion' },
  },
  { what: 'no choices', reply: { emptyChoices: true }, type: 'ModelUnavailable', details: { reason: 'emptyAnswer' } },
  {
    what: 'no choices in a whole answer',
    reply: { emptyChoices: true },
    type: 'ModelUnavailable',
    details: { reason: 'emptyAnswer' },
    model: whole,
  },
  {
    what: 'a stream over the limit',
    reply: { content: { due: 'in May' }, oversizeBytes: 100_000 },
    type: 'ModelUnusable',
    details: { reason: 'oversize' },
    model: { answerBytesMax: 20_000 },
  },
  {
    what: 'a whole answer over the limit',
    reply: { content: { due: 'in May' }, oversizeBytes: 100_000 },
    type: 'ModelUnusable',
    details: { reason: 'oversize' },
    model: { ...whole, answerBytesMax: 20_000 },
  },
];
