import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOutsideProcess } from '../support/outside';

const message = { to: 'ann@example.com', subject: 'Hello', body: 'x'.repeat(2_000) };

async function post(url: string, key: string, body: unknown): Promise<boolean> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  try {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.status === 201 && (await response.text()).endsWith('}');
  } catch {
    return false; // cut off: whether it was done is to be seen
  }
}

async function listed<Item>(url: string, of: 'refunds' | 'messages'): Promise<readonly Item[]> {
  const body = (await (await fetch(`${url}/v1/${of}`)).json()) as Record<string, readonly Item[]>;
  return body[of] ?? [];
}

describe('the process of the outside systems', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counterpoint-outside-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['an unknown option', ['--prot', '1']],
    ['a port that is none', ['--mailer-port', '70000']],
  ])('does not start with %s', async (_what, options) => {
    await expect(startOutsideProcess(folder, { more: options })).rejects.toThrow(/ended with 1.*Options: --data DIR/s);
  });

  it('loses nothing that it answered for when it is killed amid requests, and does nothing twice after', async () => {
    const { child, ...urls } = await startOutsideProcess(folder);
    const keys = Array.from({ length: 60 }, (_, at) => `k${at}`);
    const mail = (url: string, key: string) => post(`${url}/v1/messages`, key, { ...message, subject: key });
    const refund = (url: string, key: string) =>
      post(`${url}/v1/refunds`, key, { order_id: key, payment_method: 'card', amount_cents: 5, currency: 'USD' });
    const killedAt = 24;
    let answered = 0;
    const counted = async (work: Promise<boolean>) => {
      const isDone = await work;
      if (isDone && (answered += 1) === killedAt) child.kill('SIGKILL');
      return isDone;
    };
    const [sent, refunded]: [boolean[], boolean[]] = [[], []];
    // A few at once, so that some are still to come when it is killed.
    for (let at = 0; at < keys.length; at += 5) {
      const few = keys.slice(at, at + 5);
      const [sentNow, refundedNow] = await Promise.all([
        Promise.all(few.map((key) => counted(mail(urls.mailerUrl, key)))),
        Promise.all(few.map((key) => counted(refund(urls.paymentProviderUrl, key)))),
      ]);
      sent.push(...sentNow);
      refunded.push(...refundedNow);
    }
    const isDone = [...sent, ...refunded];
    expect(isDone.filter(Boolean).length).toBeGreaterThanOrEqual(killedAt);
    expect(isDone).toContain(false);

    const again = await startOutsideProcess(folder);
    const subjects = (await listed<{ subject: string }>(again.mailerUrl, 'messages')).map(({ subject }) => subject);
    expect(subjects).toEqual(expect.arrayContaining(keys.filter((_, at) => sent[at])));
    const orders = (await listed<{ order_id: string }>(again.paymentProviderUrl, 'refunds')).map((one) => one.order_id);
    expect(orders).toEqual(expect.arrayContaining(keys.filter((_, at) => refunded[at])));
    for (const key of keys) {
      expect(await mail(again.mailerUrl, key)).toBe(true);
      expect(await refund(again.paymentProviderUrl, key)).toBe(true);
    }
    expect(await listed(again.mailerUrl, 'messages')).toHaveLength(keys.length);
    expect(await listed(again.paymentProviderUrl, 'refunds')).toHaveLength(keys.length);
    const ended = new Promise((resolve) => again.child.once('exit', resolve));
    again.child.disconnect();
    expect(await ended).toBe(0);
  });

  it('on a full disk refuses what it cannot keep, keeps the rest, and goes on when there is room', async () => {
    const full = await startOutsideProcess(folder, { fileBlocksMax: 512 });
    const send = (url: string, key: string, characters: number) =>
      post(`${url}/v1/messages`, key, { ...message, subject: key, body: 'x'.repeat(characters) });
    const sent: string[] = [];
    while (sent.length < 60 && (await send(full.mailerUrl, `k${sent.length}`, 10_000))) sent.push(`k${sent.length}`);
    expect(sent.length).toBeGreaterThan(45);
    expect(sent.length).toBeLessThan(55);
    expect(await listed(full.mailerUrl, 'messages')).toHaveLength(sent.length);
    expect(await send(full.mailerUrl, 'small', 10)).toBe(true);
    full.child.kill('SIGKILL');

    const { child, mailerUrl } = await startOutsideProcess(folder);
    const subjects = (await listed<{ subject: string }>(mailerUrl, 'messages')).map(({ subject }) => subject);
    expect(subjects).toEqual([...sent, 'small'].sort());
    expect(await send(mailerUrl, `k${sent.length}`, 10_000)).toBe(true);
    child.kill('SIGKILL');
  });
});
