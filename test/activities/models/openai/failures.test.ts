import { createServer } from 'node:net';
import { openaiChat } from '../../../../src/activities/models/openai/openai-chat';
import type { OpenaiModel } from '../../../../src/activities/models/openai/openai-chat';
import type { FailureType } from '../../../../src/contracts/failures';
import type { ModelScript } from '../../../support/model-server';
import { serve, serveReplies } from '../../../model-server/serving';
import { apiKey, asked, chatWith, failureOf, secretPrompt } from './asking';

type Reply = ModelScript['rules'][number]['replies'][number];
interface Row {
  readonly what: string;
  readonly reply: Reply;
  readonly type: FailureType;
  readonly details: object;
  readonly model?: Partial<OpenaiModel>;
}

const echo = `Your key ${apiKey} sent: ${secretPrompt}`;
const error = (status: number, more: object = {}): Reply => ({ error: { status, message: echo, ...more } });
const busy = (retryAfter: NonNullable<Reply['retryAfter']>): Reply => ({ ...error(429), retryAfter });
const whole = { streaming: false };

const rows: readonly Row[] = [
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
  ...[408, 409, 500, 502, 503, 504].map((status) => ({
    what: `status ${status}`,
    reply: error(status),
    type: 'ModelUnavailable' as const,
    details: { status },
  })),
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
    type: 'ModelUnavailable',
    details: { reason: 'oversize' },
    model: { answerBytesMax: 20_000 },
  },
  {
    what: 'a whole answer over the limit',
    reply: { content: { due: 'in May' }, oversizeBytes: 100_000 },
    type: 'ModelUnavailable',
    details: { reason: 'oversize' },
    model: { ...whole, answerBytesMax: 20_000 },
  },
];

describe('a model that cannot be used as asked', () => {
  it.each(rows)('$what is $type, after one request', async ({ reply, type, details, model }) => {
    const server = await serveReplies(reply);
    const failed = await failureOf(chatWith(server, model)(asked()));
    expect(failed).toMatchObject({ type, details: { model: 'small', ...details } });
    expect(server.requests).toHaveLength(1);
    const told = [failed.message, failed.stack, JSON.stringify(failed.details), JSON.stringify(failed)].join('\n');
    for (const secret of [apiKey, secretPrompt, 'Bearer']) expect(told).not.toContain(secret);
  });

  it('whose server cannot be reached is ModelUnavailable, with the code of the network', async () => {
    const url = await freeAddress();
    const failed = await failureOf(chatWith({ url })(asked()));
    expect(failed).toMatchObject({ type: 'ModelUnavailable', details: { reason: 'connection', code: 'ECONNREFUSED' } });
  });

  it('whose server has no address is ModelUnavailable', async () => {
    const failed = await failureOf(chatWith({ url: 'http://no-such-host.invalid/v1' })(asked()));
    expect(failed).toMatchObject({ type: 'ModelUnavailable', details: { reason: 'connection' } });
  });

  it('is not passed a code that repeats the key', async () => {
    const server = await serveReplies(error(400, { code: 'badkey', type: 'x_badkey_x' }));
    const chat = openaiChat({ baseUrl: server.url, apiKey: 'badkey', model: { id: 'small' } });
    expect(JSON.stringify(await failureOf(chat(asked())))).not.toContain('badkey');
  });

  it('has the same hash for the same request, and another for another', async () => {
    const chat = chatWith(await serveReplies(error(400)));
    const hashes = await Promise.all(
      [asked(), asked(), asked({ outputTokensMax: 1 })].map(async (request) => {
        const { details } = await failureOf(chat(request));
        return details['requestHash'];
      }),
    );
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
  });

  it('refuses a wrong key without telling it', async () => {
    const server = await serve({ rules: [{ replies: [{ content: '{}' }] }], requireKey: 'sk-another' });
    const failed = await failureOf(chatWith(server)(asked()));
    expect(failed.type).toBe('ModelUnusable');
    expect(JSON.stringify([failed, failed.message])).not.toContain('6789');
  });
});

describe('a model that is set up wrongly', () => {
  it.each([
    ['a base URL that is none', { baseUrl: 'localhost', apiKey }],
    ['a key with a line break', { baseUrl: 'http://127.0.0.1:1/v1', apiKey: `${apiKey}\n` }],
  ])('is refused for %s, without its key', (_, options) => {
    const make = () => openaiChat({ ...options, model: { id: 'small' } });
    expect(make).toThrow(expect.objectContaining({ type: 'InvalidInput' }));
    expect(make).not.toThrow(apiKey);
  });

  it.each([0, -1, 1.5, 3_600_001])('is refused for a timeout of %d ms', (timeoutMs) => {
    expect(() => chatWith({ url: 'http://127.0.0.1:1/v1' }, { timeoutMs })).toThrow(
      expect.objectContaining({ type: 'InvalidInput' }),
    );
  });
});

/** Where nobody listens: a port that was free a moment ago. */
async function freeAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('A server on a port has an address.');
  return `http://127.0.0.1:${address.port}/v1`;
}
