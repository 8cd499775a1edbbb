import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { asActivity } from '../../../src/activities/as-activity';
import { callTool } from '../../../src/activities/call-tool';
import { mailer } from '../../../src/activities/outside/mailer';
import { paymentProvider } from '../../../src/activities/outside/payment-provider';
import type { Services } from '../../../src/activities/services';
import { tools } from '../../../src/activities/tools';
import type { ToolDefinition } from '../../../src/activities/tools/define-tool';
import { startMailer } from '../../../src/outside/mailer';
import { startPaymentProvider } from '../../../src/outside/payment-provider';
import { systemDuring } from '../../support/outside';

type OutsideTool = 'authoriseRefund' | 'settleRefund' | 'sendMail';

const order = { orderId: '#W1', paymentMethodId: 'credit_card_1', amountCents: 4_250 };
const mail = { to: 'ann@example.com', subject: 'Your refund', body: 'Dear Ann,\nit is on its way.' };
const provider = systemDuring(startPaymentProvider);
const post = systemDuring(startMailer);
// These tools reach for nothing else.
const services = () =>
  ({ payments: paymentProvider(provider().url), mailer: mailer(post().url) }) as unknown as Services;

async function lookUp(name: OutsideTool, idempotencyKey: string): Promise<unknown> {
  const tool: ToolDefinition = tools[name];
  return 'lookup' in tool ? tool.lookup({ services: services(), idempotencyKey }) : undefined;
}

/** Undoes a refund as a run does it. */
async function undo(idempotencyKey: string): Promise<void> {
  const tool: ToolDefinition = tools.authoriseRefund;
  if (tool.effect !== 'compensatable') throw new Error('Expected a tool that can be undone.');
  await tool.compensate(order, { services: services(), idempotencyKey });
}

/** Calls a tool as a run's step does: as an activity. */
function call(tool: OutsideTool, input: unknown, idempotencyKey: string): Promise<unknown> {
  const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
  const activity = asActivity(() => callTool({ tools, services: services() }, { tool, input, idempotencyKey }));
  return environment.run(activity);
}

const failed = (type: string, retryable: boolean) => ({ type, nonRetryable: !retryable });
const refunds = async () => (await provider().ask('GET', '/v1/refunds')).body;
const messages = async () => (await post().ask('GET', '/v1/messages')).body;
const none = { refunds: [] };

async function authorised(key: string): Promise<string> {
  const { refundId } = (await call('authoriseRefund', order, key)) as { readonly refundId: string };
  return refundId;
}

describe('what cannot be undone', () => {
  it('is approved by whom the business names', () => {
    expect(tools.settleRefund).toMatchObject({ effect: 'pivot', approvedBy: 'payments-officer' });
    expect(tools.sendMail).toMatchObject({ effect: 'pivot', approvedBy: 'service-lead' });
  });
});

describe('authoriseRefund', () => {
  it.each([
    ['nothing', { ...order, amountCents: 0 }],
    ['a debt', { ...order, amountCents: -1 }],
    ['half a cent', { ...order, amountCents: 0.5 }],
    ['an absurd amount', { ...order, amountCents: 10_000_001 }],
    ['an amount as text', { ...order, amountCents: '42' }],
    ['an order over two lines', { ...order, orderId: '#W1\n#W2' }],
    ['a currency of its own', { ...order, currency: 'EUR' }],
  ])('refuses %s before anyone is asked', async (_what, input) => {
    await expect(call('authoriseRefund', input, 'k')).rejects.toMatchObject(failed('InvalidInput', false));
    expect(await refunds()).toEqual(none);
  });

  it('says why the provider refuses', async () => {
    await call('authoriseRefund', { ...order, amountCents: 10_000_000 }, 'a');
    await expect(call('authoriseRefund', order, 'b')).rejects.toMatchObject({
      ...failed('ServiceRefused', false),
      details: [{ system: 'payment provider', code: 'limit_exceeded', status: 422 }],
    });
    expect(await lookUp('authoriseRefund', 'b')).toBeUndefined();
  });

  it('happens once per key, is found by it, and undone by it', async () => {
    const first = await call('authoriseRefund', order, 'k');
    expect(first).toMatchObject(order);
    expect(await call('authoriseRefund', order, 'k')).toEqual(first);
    expect(await lookUp('authoriseRefund', 'k')).toEqual(first);
    expect(await refunds()).toMatchObject({ refunds: [{ amount_cents: 4_250, status: 'pending' }] });
    await undo('k');
    await undo('k');
    expect(await refunds()).toEqual(none);
    expect(await lookUp('authoriseRefund', 'k')).toBeUndefined();
  });

  it('is refused under a key that was undone, also when the undo came first', async () => {
    await call('authoriseRefund', order, 'done');
    for (const key of ['done', 'never']) {
      await undo(key);
      await expect(call('authoriseRefund', order, key)).rejects.toMatchObject(failed('EffectUndone', false));
    }
    expect(await refunds()).toEqual(none);
  });

  it('refuses a key that was used for another refund', async () => {
    await call('authoriseRefund', order, 'k');
    const other = call('authoriseRefund', { ...order, amountCents: 1 }, 'k');
    await expect(other).rejects.toMatchObject({ type: 'ServiceRefused', details: [{ code: 'key_reused' }] });
  });

  it('cannot be undone once it was settled, and says so', async () => {
    await call('settleRefund', { refundId: await authorised('k') }, 's');
    await expect(undo('k')).rejects.toMatchObject({ type: 'CompensationBlocked' });
    expect(await refunds()).toMatchObject({ refunds: [{ status: 'settled' }] });
  });
});

describe('settleRefund', () => {
  it('refuses a refund that was voided, and one that never was', async () => {
    const refundId = await authorised('k');
    await undo('k');
    for (const input of [{ refundId }, { refundId: 're_never' }]) {
      const settling = call('settleRefund', input, 's');
      await expect(settling).rejects.toMatchObject({ type: 'ServiceRefused', details: [{ code: 'unknown_refund' }] });
    }
    await expect(call('settleRefund', { refundId: 'a\nb' }, 's')).rejects.toMatchObject({ type: 'InvalidInput' });
    expect(await lookUp('settleRefund', 's')).toBeUndefined();
  });

  it('pays out once per key, and is found by it', async () => {
    const refundId = await authorised('k');
    const first = await call('settleRefund', { refundId }, 's');
    expect(first).toMatchObject({ refundId, amountCents: 4_250 });
    expect(await call('settleRefund', { refundId }, 's')).toEqual(first);
    expect(await lookUp('settleRefund', 's')).toEqual(first);
    await expect(call('settleRefund', { refundId }, 't')).rejects.toMatchObject(failed('ServiceRefused', false));
  });
});

describe('sendMail', () => {
  it.each([
    ['an address that is none', { ...mail, to: 'ann' }],
    ['an address with a header in it', { ...mail, to: 'ann@example.com\r\nBcc: all@example.com' }],
    ['a subject with a header in it', { ...mail, subject: 'Hi\r\nBcc: all@example.com' }],
    ['a subject that is too long', { ...mail, subject: 'x'.repeat(201) }],
    ['a body that is too long', { ...mail, body: 'x'.repeat(10_001) }],
    ['an empty body', { ...mail, body: '' }],
    ['a header of one’s own', { ...mail, bcc: 'all@example.com' }],
  ])('refuses %s before anyone is asked', async (_what, input) => {
    await expect(call('sendMail', input, 'k')).rejects.toMatchObject(failed('InvalidInput', false));
    expect(await messages()).toEqual({ messages: [] });
  });

  it('sends once per key, also when ten attempts come at once, and is found by it', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => call('sendMail', mail, 'k')));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await messages()).toMatchObject({ messages: [mail] });
    expect(await lookUp('sendMail', 'k')).toEqual(answers[0]);
    expect(await lookUp('sendMail', 'other')).toBeUndefined();
  });

  it('may be tried again when the mailer does not answer', async () => {
    const away = { ...services(), mailer: mailer('http://127.0.0.1:9', 500) };
    const attempt = asActivity(() =>
      callTool({ tools, services: away }, { tool: 'sendMail', input: mail, idempotencyKey: 'k' }),
    );
    const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    await expect(environment.run(attempt)).rejects.toMatchObject(failed('ServiceUnavailable', true));
  });
});
