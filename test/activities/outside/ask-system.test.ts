import { mailer } from '../../../src/activities/outside/mailer';
import { paymentProvider } from '../../../src/activities/outside/payment-provider';
import { answering, hostileSystem, type HostileSystem, type Misbehaviour } from './hostile-system';

const order = { orderId: '#W1', paymentMethodId: 'card_1', amountCents: 100 };
const refusal = (code: string) => JSON.stringify({ error: { code, message: 'because' } });

/** After any of these nobody knows whether anything was done. */
const unclear: readonly (readonly [string, Misbehaviour])[] = [
  ['resets the connection', (socket) => socket.resetAndDestroy()],
  ['ends the connection', (socket) => socket.end()],
  ['never answers', () => undefined],
  [
    'stops in the middle of its answer',
    (socket) => socket.write('HTTP/1.1 201 Created\r\ncontent-length: 90\r\n\r\n{"id"'),
  ],
  [
    'resets in the middle of its answer',
    (socket) => {
      socket.write('HTTP/1.1 201 Created\r\ncontent-length: 90\r\n\r\n{"id"', () => socket.resetAndDestroy());
    },
  ],
  ['answers what is not HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
  ['answers with success and no JSON', answering('201 Created', '<html>')],
  ['answers with success and another shape', answering('201 Created', '{"id":7}')],
  ['answers with success and nothing', answering('200 OK', '')],
  ['answers with more than anyone should read', answering('200 OK', `"${'x'.repeat(1_500_000)}"`)],
  ['leads elsewhere', answering('307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/', '')],
  ['is refused by a proxy', answering('403 Forbidden', '<html>Forbidden</html>')],
  ['is not found by a proxy', answering('404 Not Found', '{"message":"no route"}')],
  ['asks for patience', answering('429 Too Many Requests', refusal('slow_down'))],
  ['fails', answering('500 Internal Server Error', refusal('internal'))],
  ['is down', answering('503 Service Unavailable', '')],
];

describe('a system that', () => {
  let system: HostileSystem;
  let misbehaviour: Misbehaviour;
  beforeEach(async () => {
    system = await hostileSystem(() => misbehaviour);
  });
  afterEach(() => system.close());

  it.each(unclear)('%s leaves it open whether it did anything, and is asked once', async (_what, how) => {
    misbehaviour = how;
    const payments = paymentProvider(system.url, 300);
    const open = { type: 'ServiceUnavailable', details: { system: 'payment provider' } };
    await expect(payments.authorise(order, 'k')).rejects.toMatchObject(open);
    expect(system.asked()).toBe(1);
    await expect(payments.findRefund('k')).rejects.toMatchObject(open);
    await expect(payments.settle('re_1', 'k')).rejects.toMatchObject(open);
    await expect(mailer(system.url, 300).find('k')).rejects.toMatchObject({ type: 'ServiceUnavailable' });
    expect(system.asked()).toBe(4);
  });

  it('refuses in its own words has done nothing', async () => {
    misbehaviour = answering('402 Payment Required', refusal('card_expired'));
    const details = { system: 'payment provider', code: 'card_expired', status: 402 };
    const refused = { type: 'ServiceRefused', details };
    await expect(paymentProvider(system.url).authorise(order, 'k')).rejects.toMatchObject(refused);
    await expect(paymentProvider(system.url).void('k')).rejects.toMatchObject(refused);
    await expect(paymentProvider(system.url).findRefund('k')).rejects.toMatchObject(refused);
  });

  it('voids with an answer that does not count has perhaps not voided', async () => {
    misbehaviour = answering('404 Not Found', 'no such page');
    await expect(paymentProvider(system.url).void('k')).rejects.toMatchObject({ type: 'ServiceUnavailable' });
  });

  it('is not there is unavailable', async () => {
    await system.close();
    const call = paymentProvider(system.url).authorise(order, 'k');
    await expect(call).rejects.toMatchObject({ type: 'ServiceUnavailable' });
    await expect(call).rejects.toThrow('ECONNREFUSED');
  });

  it('nobody has named is not asked', async () => {
    const refused = { type: 'ServiceRefused', details: { code: 'not_configured' } };
    await expect(paymentProvider(undefined).authorise(order, 'k')).rejects.toMatchObject(refused);
    await expect(mailer(undefined).find('k')).rejects.toMatchObject(refused);
    await expect(mailer(undefined).find('k')).rejects.toThrow('Set COUNTERPOINT_MAILER_URL');
  });
});
