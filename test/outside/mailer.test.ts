import { startMailer } from '../../src/outside/mailer';
import { codeOf, systemDuring } from '../support/outside';

const message = { to: 'ann@example.com', subject: 'Your return', body: 'Dear Ann,\n\nit is on its way.' };
const system = systemDuring(startMailer);
const send = (key: string, body: unknown = message) => system().ask('POST', '/v1/messages', { key, body });
const list = async () => (await system().ask('GET', '/v1/messages')).text;

describe('the mailer refuses', () => {
  it.each([
    ['an address without a domain', { ...message, to: 'ann' }, '422 invalid_to'],
    ['two addresses', { ...message, to: 'ann@example.com, bob@example.com' }, '422 invalid_to'],
    ['an address with a header in it', { ...message, to: 'ann@example.com\r\nBcc: all@example.com' }, '422 invalid_to'],
    ['an address that ends in a line end', { ...message, to: 'ann@example.com\n' }, '422 invalid_to'],
    ['an address with a name', { ...message, to: 'Ann <ann@example.com>' }, '422 invalid_to'],
    ['an address that is too long', { ...message, to: `${'a'.repeat(250)}@example.com` }, '422 invalid_to'],
    ['a subject with a header in it', { ...message, subject: 'Hi\r\nBcc: all@example.com' }, '422 invalid_subject'],
    ['a subject with a bare line feed', { ...message, subject: 'Hi\nthere' }, '422 invalid_subject'],
    ['a subject with a bare carriage return', { ...message, subject: 'Hi\rthere' }, '422 invalid_subject'],
    ['a subject with a line separator', { ...message, subject: 'Hi\u2028there' }, '422 invalid_subject'],
    ['an empty subject', { ...message, subject: '' }, '422 invalid_subject'],
    ['a subject that is too long', { ...message, subject: 'x'.repeat(201) }, '422 invalid_subject'],
    ['an empty body', { ...message, body: '' }, '422 invalid_body'],
    ['a body that is too long', { ...message, body: 'x'.repeat(10_001) }, '422 invalid_body'],
    ['a body with NUL', { ...message, body: 'a\0b' }, '422 invalid_body'],
    ['a header of one’s own', { ...message, bcc: 'all@example.com' }, '422 invalid_request'],
    ['garbage', '\u0000\u0001', '400 invalid_json'],
    ['what is too large', 'x'.repeat(100_000), '413 too_large'],
  ])('%s', async (_what, body, code) => {
    expect(codeOf(await send('k', body))).toBe(code);
    expect(await list()).toBe('{"messages":[]}');
    expect((await send('k')).status).toBe(201);
    expect(system().troubles).toEqual([]);
  });

  it('a key that was used for another message', async () => {
    await send('k');
    expect(codeOf(await send('k', { ...message, to: 'bob@example.com' }))).toBe('409 key_reused');
    expect(JSON.parse(await list())).toMatchObject({ messages: [message] });
  });

  it('what is far too large without reading to its end, and serves the next', async () => {
    const answer = await send('k', 'x'.repeat(8_000_000)).catch(() => undefined);
    expect([413, undefined]).toContain(answer?.status); // undefined: the line was cut before the refusal was read
    expect(await list()).toBe('{"messages":[]}');
    expect((await send('k')).status).toBe(201);
    expect(system().troubles).toEqual([]);
  });
});

describe('the mailer', () => {
  it('takes the longest message there may be, in any script', async () => {
    const long = { ...message, subject: '😀'.repeat(100), body: '😀'.repeat(5_000) };
    expect((await send('k', long)).body).toMatchObject(long);
    await system().restart();
    expect(JSON.parse(await list())).toMatchObject({ messages: [long] });
  });

  it('sends once what comes twenty times at once under one key', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('k')));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
    expect(JSON.parse(await list())).toMatchObject({ messages: [message] });
  });

  it('finds by its key what was sent, and lists all in the order of what they say', async () => {
    expect(codeOf(await system().ask('GET', '/v1/keys/k'))).toBe('404 unknown_key');
    const sent = await send('k');
    expect((await system().ask('GET', '/v1/keys/k')).body).toEqual({ message: sent.body });
    await send('l', { ...message, to: 'aaa@example.com' });
    expect(JSON.parse(await list())).toMatchObject({
      messages: [{ to: 'aaa@example.com' }, { to: 'ann@example.com' }],
    });
    const before = await list();
    await system().restart();
    expect(await list()).toBe(before);
    expect(await send('k')).toMatchObject({ status: 201, isReplay: true });
  });
});
