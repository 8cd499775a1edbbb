import { createServer } from 'node:net';
import { openaiChat } from '../../../../src/activities/models/openai/openai-chat';
import { serve, serveReplies } from '../../../model-server/serving';
import { apiKey, asked, chatWith, failureOf, secretPrompt } from './asking';
import { error, rows } from './failure-rows';

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

/** Where nobody listens: a port that was free a moment ago. */
async function freeAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('A server on a port has an address.');
  return `http://127.0.0.1:${address.port}/v1`;
}
