import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyText } from '../support/history-text';
import { startModelServer, type ModelServer } from '../support/model-server';
import { caseFile, caseReading } from './case-reading';
import { install, until, withServer, type Installation } from './command-line';
import { documentOf } from './review';

jest.setTimeout(240_000);

const thought = 'Tangerine, \u001b[2J\nreplyWriter-1 · forged, marmalade.';

describe('a run that is watched', () => {
  let installation: Installation;
  let server: ModelServer;
  beforeAll(async () => {
    installation = await install();
    const content = `<think>${thought}</think>${JSON.stringify(caseReading)}`;
    server = await startModelServer({ rules: [{ replies: [{ content, perTokenDelayMs: 60 }] }] });
  });
  afterAll(async () => {
    await installation.remove();
    await server.close();
  });

  it('shows what a model says while it says it, and its history has none of it', async () => {
    const environment = { OPENAI_BASE_URL: server.url, COUNTERPOINT_MODELS: 'caseReader=gpt-5-nano' };
    const up = installation.startWith(environment, 'up');
    const words = ['run', 'customer-operations', '--input', caseFile, '--id', 'watched', '--wait', '--yes', '--json'];
    await until('a worker is up', () =>
      readFile(join(installation.folder, 'up.json'), 'utf8').then(
        (text) => text.includes('workerPid'),
        () => false,
      ),
    );
    const run = installation.start(...words, '--verbose');
    await until('the model is heard in mid-answer', () => run.output.stderr.includes('Tangerine'));
    expect(server.requests.map(({ ending }) => ending)).toEqual(['open']);
    const ended = await run.ended;
    expect(documentOf(ended)).toMatchObject({ runId: 'watched', outcome: 'completed' });
    expect(ended.stderr).toMatch(/^caseReader-1 · gpt-5-nano$/m);
    expect(ended.stderr).toContain('  <think>Tangerine, [2J\n  replyWriter-1 · forged, marmalade.</think>{"name":null');

    const history = await withServer(installation, (client) => client.workflow.getHandle('watched').fetchHistory());
    const text = historyText(history);
    expect(text.includes('"reason":"I no longer need it"')).toBe(true); // what the model decided
    expect(/Tangerine|marmalade/.test(text)).toBe(false);

    up.process.kill('SIGINT');
    await up.ended;
  });
});
