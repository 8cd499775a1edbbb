import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { install, processesOf, stop, until, untilUp, type Installation, type Started } from './command-line';

jest.setTimeout(240_000);

interface Addresses {
  readonly paymentProviderUrl: string;
  readonly mailerUrl: string;
}

const message = { to: 'ann@example.com', subject: 'Hello', body: 'It is done.' };

async function outsideOf(installation: Installation): Promise<Addresses> {
  await untilUp(installation);
  const record = JSON.parse(await readFile(join(installation.folder, 'up.json'), 'utf8')) as { outside: Addresses };
  return record.outside;
}

async function send(mailerUrl: string, key: string): Promise<number> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const response = await fetch(`${mailerUrl}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(message) });
  return response.status;
}

const textAt = async (url: string) => (await fetch(url)).text();

describe('up, with no payment provider and mailer configured', () => {
  let installation: Installation;
  let up: Started;
  beforeAll(async () => {
    installation = await install();
    up = installation.start('up');
  });
  afterAll(() => installation.remove());

  it('brings up both, says where, and tells the worker', async () => {
    const { paymentProviderUrl, mailerUrl } = await outsideOf(installation);
    expect(await textAt(`${paymentProviderUrl}/v1/refunds`)).toBe('{"refunds":[]}');
    expect(await textAt(`${mailerUrl}/v1/messages`)).toBe('{"messages":[]}');
    await until('it says where they are', () => up.output.stdout.includes('Ctrl-C'));
    expect(up.output.stdout).toContain(`payment provider: ${paymentProviderUrl} (for development`);
    expect(up.output.stdout).toContain(`mailer: ${mailerUrl} (for development`);
    const { workerPid } = await untilUp(installation);
    const environment = (await readFile(`/proc/${workerPid}/environ`, 'utf8')).split('\0');
    expect(environment).toContain(`COUNTERPOINT_PAYMENT_PROVIDER_URL=${paymentProviderUrl}`);
    expect(environment).toContain(`COUNTERPOINT_MAILER_URL=${mailerUrl}`);
  });

  it('starts them again at the same addresses when they are killed, with all that they had accepted', async () => {
    const { mailerUrl } = await outsideOf(installation);
    expect(await send(mailerUrl, 'k')).toBe(201);
    const before = await textAt(`${mailerUrl}/v1/messages`);
    const outside = processesOf(installation.folder).find(({ line }) => line.includes('outside.js'));
    process.kill(outside!.pid, 'SIGKILL');
    await until('it is said', () => up.output.stderr.includes('is started again'));
    const after = await until('the mailer is back', () => textAt(`${mailerUrl}/v1/messages`).catch(() => undefined));
    expect(after).toBe(before);
    expect(await send(mailerUrl, 'k')).toBe(201);
    expect(await textAt(`${mailerUrl}/v1/messages`)).toBe(before);
  });

  it('takes them down with the rest', async () => {
    const { mailerUrl } = await outsideOf(installation);
    expect(await stop(up)).toMatchObject({ exitCode: 0 });
    expect(processesOf(installation.folder)).toEqual([]);
    await expect(fetch(mailerUrl)).rejects.toThrow();
  });
});

describe('up, with both configured', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await install();
  });
  afterAll(() => installation.remove());

  it('refuses an address that is none', async () => {
    const up = installation.startWith({ COUNTERPOINT_MAILER_URL: 'mail.example.com:25' }, 'up');
    const { exitCode, stderr } = await up.ended;
    expect(exitCode).toBe(2);
    expect(stderr).toContain('COUNTERPOINT_MAILER_URL');
  });

  it('brings up neither, and tells the worker what is configured', async () => {
    const environment = {
      COUNTERPOINT_PAYMENT_PROVIDER_URL: 'https://payments.example.com',
      COUNTERPOINT_MAILER_URL: 'https://mail.example.com/api',
    };
    const up = installation.startWith(environment, 'up');
    const { workerPid } = await untilUp(installation);
    expect(processesOf(installation.folder).filter(({ line }) => line.includes('outside.js'))).toEqual([]);
    const told = (await readFile(`/proc/${workerPid}/environ`, 'utf8')).split('\0');
    for (const [name, value] of Object.entries(environment)) expect(told).toContain(`${name}=${value}`);
    await until('it says where they are', () => up.output.stdout.includes('Ctrl-C'));
    expect(up.output.stdout).toContain('mailer: https://mail.example.com/api\n');
    expect(await stop(up)).toMatchObject({ exitCode: 0 });
  });
});
