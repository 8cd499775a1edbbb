import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { startPaymentProvider } from '../../src/outside/payment-provider';
import { codeOf, systemDuring } from '../support/outside';

const refund = { order_id: '#W1', payment_method: 'card_1', amount_cents: 1250, currency: 'USD' };
const system = systemDuring(startPaymentProvider);
const authorise = (key: string, body: unknown = refund) => system().ask('POST', '/v1/refunds', { key, body });
const settle = (key: string, refund_id: unknown) =>
  system().ask('POST', '/v1/settlements', { key, body: { refund_id } });
const voidKey = (key: string) => system().ask('DELETE', `/v1/keys/${encodeURIComponent(key)}`);
const find = (key: string) => system().ask('GET', `/v1/keys/${encodeURIComponent(key)}`);
const list = async () => (await system().ask('GET', '/v1/refunds')).text;
const nothing = '{"refunds":[]}';

async function authorised(key: string, body: unknown = refund): Promise<string> {
  const answer = await authorise(key, body);
  expect(answer.status).toBe(201);
  return (answer.body as { readonly id: string }).id;
}

describe('the payment provider refuses', () => {
  it.each([
    ['no amount', { ...refund, amount_cents: undefined }, '422 invalid_amount_cents'],
    ['nothing to refund', { ...refund, amount_cents: 0 }, '422 invalid_amount_cents'],
    ['a negative amount', { ...refund, amount_cents: -5 }, '422 invalid_amount_cents'],
    ['half a cent', { ...refund, amount_cents: 0.5 }, '422 invalid_amount_cents'],
    ['an amount as text', { ...refund, amount_cents: '1250' }, '422 invalid_amount_cents'],
    ['an absurd amount', { ...refund, amount_cents: 10_000_001 }, '422 invalid_amount_cents'],
    ['another currency', { ...refund, currency: 'EUR' }, '422 invalid_currency'],
    ['an order over several lines', { ...refund, order_id: '#W1\r\n#W2' }, '422 invalid_order_id'],
    ['an empty method', { ...refund, payment_method: '' }, '422 invalid_payment_method'],
    ['a field too many', { ...refund, force: true }, '422 invalid_request'],
    ['a list', [refund], '422 invalid_request'],
    ['null', null, '422 invalid_request'],
    ['what is no JSON', '{"order_id":', '400 invalid_json'],
    ['an empty body', '', '400 invalid_json'],
    ['a body over its limit', JSON.stringify({ ...refund, order_id: 'x'.repeat(70_000) }), '413 too_large'],
  ])('%s', async (_what, body, code) => {
    expect(codeOf(await authorise('k', body))).toBe(code);
    expect(await list()).toBe(nothing);
    expect(codeOf(await find('k'))).toBe('404 unknown_key');
    expect((await authorise('k')).status).toBe(201);
    expect(system().troubles).toEqual([]);
  });

  it.each([
    ['no key', undefined, '400 missing_key'],
    ['an empty key', '', '400 invalid_key'],
    ['a key with a space', 'a b', '400 invalid_key'],
    ['a key that is too long', 'k'.repeat(256), '400 invalid_key'],
  ])('%s', async (_what, key, code) => {
    const answer = await system().ask('POST', '/v1/refunds', { body: refund, ...(key === undefined ? {} : { key }) });
    expect(codeOf(answer)).toBe(code);
    expect(await list()).toBe(nothing);
  });

  it('bytes that are no UTF-8, a body of another type, and a path that it does not have', async () => {
    const url = `${system().url}/v1/refunds`;
    const headers = { 'idempotency-key': 'k', 'content-type': 'application/json' };
    const bytes = await fetch(url, { method: 'POST', headers, body: new Uint8Array([0x22, 0xff, 0x22]) });
    expect(await bytes.json()).toMatchObject({ error: { code: 'invalid_encoding' } });
    const form = await fetch(url, { method: 'POST', headers: { 'idempotency-key': 'k' }, body: 'amount_cents=1' });
    expect([form.status, await form.json()]).toMatchObject([415, { error: { code: 'not_json' } }]);
    expect(codeOf(await system().ask('GET', '/v2/refunds'))).toBe('404 not_found');
    expect(codeOf(await system().ask('GET', '/v1/keys/%E0%A4%A'))).toBe('400 invalid_key');
    expect(await list()).toBe(nothing);
  });

  it('a key that was used for another refund', async () => {
    await authorised('k');
    expect(codeOf(await authorise('k', { ...refund, amount_cents: 1251 }))).toBe('409 key_reused');
    expect(JSON.parse(await list())).toMatchObject({ refunds: [{ amount_cents: 1250 }] });
  });

  it('what would take the refunds of one order over the limit, until one of them is voided', async () => {
    await authorised('a', { ...refund, amount_cents: 9_999_000 });
    const more = { ...refund, amount_cents: 1_001 };
    expect(codeOf(await authorise('b', more))).toBe('422 limit_exceeded');
    await authorised('c', { ...more, order_id: '#W2' });
    await voidKey('a');
    await authorised('b', more);
  });

  it('to settle what it does not know, what was voided, and what was settled under another key', async () => {
    expect(codeOf(await settle('s', 're_unknown'))).toBe('404 unknown_refund');
    const voided = await authorised('a');
    await voidKey('a');
    expect(codeOf(await settle('s', voided))).toBe('404 unknown_refund');
    const settled = await authorised('b');
    expect((await settle('s', settled)).status).toBe(201);
    expect(codeOf(await settle('t', settled))).toBe('409 already_settled');
  });

  it('to void what was settled, by either key', async () => {
    const id = await authorised('a');
    await settle('s', id);
    const before = await list();
    expect(codeOf(await voidKey('a'))).toBe('409 already_settled');
    expect(codeOf(await voidKey('s'))).toBe('409 already_settled');
    expect(await list()).toBe(before);
  });
});

describe('the payment provider', () => {
  it('authorises a refund once per key, and answers the same question as it first did', async () => {
    const first = await authorise('k');
    expect(first).toMatchObject({ status: 201, isReplay: false, body: { ...refund, status: 'pending' } });
    const again = await authorise('k', { ...refund });
    expect(again).toMatchObject({ status: 201, isReplay: true, body: first.body });
    await settle('s', (first.body as { id: string }).id);
    expect((await authorise('k')).body).toEqual(first.body);
    expect(JSON.parse(await list())).toMatchObject({ refunds: [{ status: 'settled' }] });
  });

  it('does once what comes twenty times at once under one key', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => authorise('k')));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
    expect(JSON.parse(await list())).toMatchObject({ refunds: [refund] });
    expect((await readFile(system().file, 'utf8')).trimEnd().split('\n')).toHaveLength(1);
  });

  it('settles one refund once, of many that ask at once under keys of their own', async () => {
    const id = await authorised('k');
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => settle(`s${at}`, id)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
  });

  it('finds by its key what stands, and says what was voided', async () => {
    const id = await authorised('a/b?c#d%');
    expect((await find('a/b?c#d%')).body).toEqual({ refund: { id, ...refund, status: 'pending' } });
    const settled = await settle('s', id);
    expect((await find('s')).body).toEqual({ settlement: settled.body });
    expect(settled.body).toMatchObject({ refund_id: id, amount_cents: 1250 });
    await authorised('v');
    await voidKey('v');
    expect(codeOf(await find('v'))).toBe('410 key_voided');
  });

  it('voids without a trace but the key, as often as asked, also before anything was authorised', async () => {
    await authorised('a');
    for (const key of ['a', 'a', 'never', 'never']) expect((await voidKey(key)).status).toBe(204);
    expect(await list()).toBe(nothing);
    expect(codeOf(await authorise('a'))).toBe('409 key_voided');
    expect(codeOf(await authorise('never'))).toBe('409 key_voided');
  });

  it('lists what stands as one text, however it came about', async () => {
    await authorised('1', { ...refund, order_id: '#B' });
    await authorised('2', { ...refund, order_id: '#A' });
    const one = await list();
    await voidKey('1');
    await authorised('3', { ...refund, order_id: '#B' });
    const ids = /"id":"[^"]*"/g;
    expect((await list()).replace(ids, '')).toBe(one.replace(ids, ''));
    expect(one.indexOf('#A')).toBeLessThan(one.indexOf('#B'));
  });

  it('answers no web page that has its own name lead here', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const { port } = new URL(system().url);
      request({ host: '127.0.0.1', port, path: '/v1/refunds', headers: { host: 'evil.example' } }, (response) => {
        resolve(response.statusCode);
        response.resume();
      }).end();
    });
    expect(status).toBe(421);
  });

  it('knows all of it when it is started again', async () => {
    await settle('s', await authorised('a'));
    await authorised('b');
    await authorised('c');
    await voidKey('c');
    const before = await list();
    await system().restart();
    expect(await list()).toBe(before);
    expect(await authorise('b')).toMatchObject({ status: 201, isReplay: true });
    expect(codeOf(await authorise('c'))).toBe('409 key_voided');
    expect((await find('s')).status).toBe(200);
  });

  it('drops a last line that was cut', async () => {
    await authorised('a');
    const before = await list();
    await appendFile(system().file, Buffer.from('{"did":"void","key":"\u{1f600}').subarray(0, -1));
    await system().restart();
    expect(await list()).toBe(before);
    await authorised('b', { ...refund, order_id: '#W2' });
    await system().restart();
    expect(JSON.parse(await list())).toMatchObject({ refunds: [{ order_id: '#W1' }, { order_id: '#W2' }] });
  });

  it.each([
    ['a line that lacks something', Buffer.from('{"did":"void"}\n')],
    ['a line that is no JSON', Buffer.from('\0\0\0\n')],
    ['a line that is no UTF-8', Buffer.from('{"did":"void","key":"\xff"}\n', 'latin1')],
    ['an empty line', Buffer.from('\n')],
  ])('does not begin on a file with %s, and leaves it as it is', async (_what, line) => {
    await authorised('a');
    const damaged = Buffer.concat([await readFile(system().file), line]);
    const file = `${system().file}.damaged`;
    await writeFile(file, damaged);
    const start = startPaymentProvider({ file, port: 0, onTrouble: () => undefined });
    await expect(start).rejects.toMatchObject({ type: 'DataFolderUnusable', details: { line: 2 } });
    expect(await readFile(file)).toEqual(damaged);
  });

  it('is refused a port that is in use', async () => {
    const port = Number(new URL(system().url).port);
    const start = startPaymentProvider({ file: `${system().file}.other`, port, onTrouble: () => undefined });
    await expect(start).rejects.toMatchObject({ type: 'PortOccupied' });
  });
});
