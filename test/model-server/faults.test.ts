import { request } from 'node:http';
import type { ModelServer } from '../support/model-server';
import { ask, post, question, refusal, said, serveReplies } from './serving';

const broken = (sending: Promise<Response>) => sending.then((response) => response.text());

describe('an error', () => {
  it('has the status and the body of the script', async () => {
    const error = { status: 429, type: 'insufficient_quota', code: 'insufficient_quota', message: 'Pay first.' };
    const response = await post(await serveReplies({ error }));
    expect(response.status).toBe(429);
    expect(await response.json()).toEqual({
      error: { message: 'Pay first.', type: 'insufficient_quota', param: null, code: 'insufficient_quota' },
    });
  });

  it.each([
    [401, '401 invalid_request_error invalid_api_key'],
    [404, '404 invalid_request_error model_not_found'],
    [408, '408 invalid_request_error null'],
    [429, '429 requests rate_limit_exceeded'],
    [503, '503 server_error null'],
  ])('%d is by default what such servers say', async (status, usual) => {
    expect(await refusal(await post(await serveReplies({ error: { status } })))).toBe(usual);
  });

  it('says when to come again in each of three ways', async () => {
    const error = { status: 429 };
    const server = await serveReplies(
      { error, retryAfter: { seconds: 1.5 } },
      { error, retryAfter: { ms: 250 } },
      { error, retryAfter: { dateInMs: 60_000 } },
    );
    expect((await post(server)).headers.get('retry-after')).toBe('1.5');
    const second = (await post(server)).headers;
    expect([second.get('retry-after-ms'), second.get('retry-after')]).toEqual(['250', null]);
    const date = (await post(server)).headers.get('retry-after') ?? '';
    expect(date).toMatch(/ GMT$/);
    expect(Date.parse(date)).toBeGreaterThan(Date.now());
  });

  it('comes in place of a stream too, as JSON', async () => {
    const response = await post(await serveReplies({ error: { status: 500 } }), { ...question, stream: true });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await refusal(response)).toBe('500 server_error null');
  });
});

describe('what is not well formed', () => {
  it('is sent as it stands, with the status and the headers of the script', async () => {
    const server = await serveReplies(
      { body: '{"choices": [{' },
      { body: '<html>Bad gateway</html>', status: 502, contentType: 'text/html', headers: { via: '1.1 proxy' } },
      { body: '' },
    );
    const first = await post(server);
    expect([first.status, await first.text()]).toEqual([200, '{"choices": [{']);
    const second = await post(server);
    expect([second.status, second.headers.get('content-type'), second.headers.get('via')]).toEqual([
      502,
      'text/html',
      '1.1 proxy',
    ]);
    expect(await second.text()).toBe('<html>Bad gateway</html>');
    expect(await (await post(server)).text()).toBe('');
  });

  it('is sent as it stands in place of a stream', async () => {
    const response = await post(await serveReplies({ body: 'data: {oops\n\n' }), { ...question, stream: true });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(await response.text()).toBe('data: {oops\n\n');
  });

  it('is a good answer of the wrong type', async () => {
    const response = await post(await serveReplies({ content: 'x', contentType: 'text/html' }));
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'x' } }] });
  });
});

describe('a connection', () => {
  it.each([false, true])('is reset before any byte, streamed: %s', async (stream) => {
    const server = await serveReplies({ reset: 'beforeAnswer' }, { content: 'x' });
    await expect(post(server, { ...question, stream })).rejects.toThrow('fetch failed');
    expect(server.requests).toMatchObject([{ ending: 'reset', rule: 1, reply: 1 }]);
    expect(server.requests[0]).not.toHaveProperty('status');
    expect(await said(server)).toMatchObject({ content: 'x' });
  });

  it.each([false, true])('is reset after half of the body, streamed: %s', async (stream) => {
    const content = 'word '.repeat(200);
    const server = await serveReplies({ content, reset: 'midway' });
    const { received, error } = await read(server, { ...question, stream });
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    expect(received.startsWith(stream ? 'data: {' : '{"id"')).toBe(true);
    expect(received).not.toContain('finish_reason":"stop');
    expect(server.requests).toMatchObject([{ ending: 'reset', status: 200 }]);
  });

  it.each([
    [0, false],
    [0, true],
    [1, false],
    [77, false],
    [77, true],
    [400, true],
  ])('is reset after %d bytes, streamed: %s', async (afterBytes, stream) => {
    const server = await serveReplies({ content: 'word '.repeat(200), reset: { afterBytes } });
    const { received, error } = await read(server, { ...question, stream });
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    expect(received.length).toBe(afterBytes);
  });

  it('is reset in the middle of an error', async () => {
    const server = await serveReplies({ error: { status: 500 }, reset: 'midway' });
    const response = await post(server);
    expect(response.status).toBe(500);
    await expect(response.text()).rejects.toThrow();
  });

  it('that the client leaves while it waits ends as abandoned', async () => {
    const server = await serveReplies({ content: 'x', delayMs: 60_000 });
    await expect(broken(post(server, question, { signal: AbortSignal.timeout(100) }))).rejects.toThrow();
    await untilEnded(server);
    expect(server.requests).toMatchObject([{ ending: 'abandoned' }]);
  });

  it('that the client leaves in the middle of a stream ends as abandoned', async () => {
    const server = await serveReplies({ content: 'one two three four', perTokenDelayMs: 60_000 });
    const leaving = new AbortController();
    const response = await post(server, { ...question, stream: true }, { signal: leaving.signal });
    leaving.abort();
    await expect(response.text()).rejects.toThrow();
    await untilEnded(server);
    expect(server.requests).toMatchObject([{ ending: 'abandoned', status: 200 }]);
  });

  it('is cut when the server closes, and nothing is served after', async () => {
    const server = await serveReplies({ content: 'x', delayMs: 60_000 });
    const waiting = broken(post(server)).catch((error: unknown) => error);
    await until(() => server.requests.length === 1);
    await server.close();
    expect(String(await waiting)).toContain('TypeError');
    await expect(ask(server)).rejects.toThrow('fetch failed');
  });
});

/** Takes in every byte of the body as it comes; `fetch` throws away what it has not handed out when a line breaks. */
function read({ url }: ModelServer, body: object): Promise<{ readonly received: string; readonly error: unknown }> {
  return new Promise((resolve, reject) => {
    const asking = request(`${url}/chat/completions`, { method: 'POST', agent: false }, (response) => {
      let received = '';
      response.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
      response.on('error', (error) => {
        resolve({ received, error });
      });
      response.on('end', () => {
        resolve({ received, error: undefined });
      });
    });
    asking.on('error', reject);
    asking.end(JSON.stringify(body));
  });
}

function untilEnded({ requests }: { readonly requests: readonly { readonly ending: string }[] }): Promise<void> {
  return until(() => requests.length > 0 && requests.every(({ ending }) => ending !== 'open'));
}

async function until(holds: () => boolean): Promise<void> {
  const deadlineMs = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadlineMs) throw new Error('It did not come to hold within ten seconds.');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
