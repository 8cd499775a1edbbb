import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runViewQuery } from '../../src/workflows/messages';
import { historyText } from '../support/history-text';
import { startModelServer, type ModelServer } from '../support/model-server';
import { caseFile, caseReading } from './case-reading';
import { install, stop, until, untilUp, withServer, type Installation } from './command-line';

jest.setTimeout(300_000);

const secret = 'q7XnT2vBz9LkRw4HsYcJ6mPdGf8AeU3oN5';
const key = `sk-proj-${secret}`;
/** What stands in the prompt alone, and what in the answer alone. */
const prompted = 'because I no longer need it. I confirm';
const thought = 'The persimmon speaks.';

const echo = { 'x-echo': `Bearer ${key}`, 'set-cookie': key, location: `http://127.0.0.1:9/?key=${key}` };
const wrongKey = {
  headers: echo,
  error: { status: 401, message: `Incorrect API key provided: ${key}.`, code: secret, type: key, param: key },
};
const badRequest = {
  headers: echo,
  status: 400,
  body: JSON.stringify({
    error: { message: `{"authorization":"Bearer ${key}"}`, code: secret.replaceAll(/\d/g, ''), type: 'sk' },
  }),
};
const upstream = {
  headers: echo,
  status: 502,
  contentType: 'text/html',
  body: `<h1>502</h1> upstream refused Authorization: Bearer ${key}`,
};
const moved = { headers: echo, status: 302, body: key };
const busy = { error: { status: 429, message: `Rate limit of ${key}`, param: key }, retryAfter: { ms: 10 } };
const noEvents = { contentType: 'text/event-stream', body: `data: {"error":{"message":"${key}","code":"${key}"}}\n\n` };
const noCompletion = { body: `{"authorization":"${key}"}` };

/** The agent that reads comes to an answer in the end; the one that writes does not, and a person is asked. */
const script = {
  requireKey: key,
  rules: [
    { when: { model: 'gpt-5-nano' }, replies: [wrongKey] },
    { when: { model: 'gpt-5-mini' }, replies: [badRequest] },
    { when: { model: 'gpt-5.4' }, replies: [moved] },
    {
      when: { model: 'gpt-4.1-mini' },
      replies: [
        ...[upstream, busy, noEvents, noCompletion],
        { content: `<think>${thought}</think>${JSON.stringify(caseReading)}` },
      ],
    },
  ],
};
const models = 'caseReader=gpt-5-nano|gpt-5-mini|gpt-5.4|gpt-4.1-mini,replyWriter=gpt-5-nano|gpt-5-mini';

describe.each(['debug', 'info'] as const)('a worker that logs at %s', (level) => {
  let installation: Installation;
  let server: ModelServer;
  /** Whatever can be read of the run: by where it stands. */
  const places = new Map<string, string>();

  beforeAll(async () => {
    installation = await install();
    server = await startModelServer(script);
    const environment = {
      ...{ OPENAI_API_KEY: key, OPENAI_BASE_URL: server.url, COUNTERPOINT_MODELS: models },
      COUNTERPOINT_LOG_LEVEL: level,
    };
    const up = installation.startWith(environment, 'up');
    await untilUp(installation);
    const told = async (...words: readonly string[]) => {
      const { stdout, stderr } = await installation.startWith(environment, '--debug', ...words).ended;
      places.set(words.join(' '), `${stdout}\n${stderr}`);
    };
    const start = ['run', 'customer-operations', '--input', caseFile, '--id', 'leaky'];
    await told(...start);
    await withServer(installation, (client) =>
      until('a person is asked', async () => {
        const view = await client.workflow.getHandle('leaky').query(runViewQuery);
        return view.waiting.length > 0;
      }),
    );
    // What is told does not depend on what is logged.
    const commands = level === 'debug' ? [['inbox'], ['show', 'leaky'], ['show', 'leaky', '--json'], start] : [];
    for (const command of commands) await told(...command);
    await withServer(installation, async (client) => {
      places.set('history', historyText(await client.workflow.getHandle('leaky').fetchHistory()));
    });
    const ended = await stop(up);
    places.set('up', ended.stdout + ended.stderr);
    for (const entry of await readdir(installation.folder, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile()) places.set(file.slice(installation.folder.length + 1), await readFile(file, 'latin1'));
    }
  });
  afterAll(async () => {
    await installation.remove();
    await server.close();
  });

  const placesOf = (words: string) => [...places].filter(([, text]) => text.includes(words)).map(([place]) => place);

  it('keeps its key to itself: no part of it is anywhere', () => {
    const parts = Array.from({ length: secret.length - 7 }, (_, start) => secret.slice(start, start + 8));
    const forms = [...parts, secret.replaceAll(/\d/g, ''), Buffer.from(key).toString('base64').slice(4, 40)];
    expect(forms.flatMap((form) => placesOf(form).map((place) => `${form} in ${place}`))).toEqual([]);
  });

  it('was asked with that key, met every error that repeats it, and left a person to answer', () => {
    const seen = server.requests.map(({ rule, reply }) => `${rule ?? 0}.${reply ?? 0}`);
    expect(seen.slice(0, 8)).toEqual(['1.1', '2.1', '3.1', '4.1', '4.2', '4.3', '4.4', '4.5']);
    expect(seen.slice(8)).toEqual(expect.arrayContaining(['1.1', '2.1']));
    expect(placesOf('ModelRequestRejected')).toContain('history');
    const told = level === 'debug' ? ['inbox', 'show leaky', 'show leaky --json'] : [];
    expect(placesOf('its server said 4')).toEqual(expect.arrayContaining(told));
  });

  it(`has what was asked and answered in its log ${level === 'debug' ? 'too' : 'not'}`, () => {
    const log = join('logs', 'worker.log');
    expect(placesOf(thought).includes(log)).toBe(level === 'debug');
    expect((places.get(log) ?? '').includes(prompted)).toBe(level === 'debug');
    expect(placesOf(prompted)).toContain('history');
    expect(places.get(log)?.length).toBeGreaterThan(100);
  });
});
