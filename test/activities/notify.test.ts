import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { notify } from '../../src/activities/notify';
import type { Notice } from '../../src/contracts/activities';

const notice: Notice = { runId: 'r', process: 'p', step: 's-1', role: 'counsel', dueAt: 1, reason: 'asked' };
const logger = new DefaultLogger('ERROR');
const tell = (webhook: string | undefined) =>
  new MockActivityEnvironment({}, { logger }).run(() => notify(webhook, notice));

let server: Server;
let url: string;
let answer: { status: number; headers?: Record<string, string> };
const received: { type: string | undefined; body: string }[] = [];

beforeAll(async () => {
  server = createServer((request: IncomingMessage, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ type: request.headers['content-type'], body });
      response.writeHead(answer.status, answer.headers).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

beforeEach(() => {
  received.length = 0;
});

afterAll(() => new Promise((closed) => server.close(closed)));

describe('a notice', () => {
  it('that the webhook refuses is delivered again', async () => {
    answer = { status: 503 };
    await expect(tell(url)).rejects.toThrow('The webhook answered 503.');
  });

  it('goes nowhere else, wherever the webhook points', async () => {
    answer = { status: 302, headers: { location: `${url}elsewhere` } };
    await expect(tell(url)).rejects.toThrow();
    expect(received).toHaveLength(1);
  });

  it('that nobody listens for is delivered again', async () => {
    await expect(tell('http://127.0.0.1:1/')).rejects.toThrow();
  });

  it('is posted as JSON', async () => {
    answer = { status: 204 };
    await tell(url);
    expect(received).toEqual([{ type: 'application/json', body: JSON.stringify(notice) }]);
  });

  it('is only logged without a webhook', async () => {
    await tell(undefined);
    expect(received).toEqual([]);
  });
});
