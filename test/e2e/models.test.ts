import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCase } from '../../src/activities/models/service/read-case';
import type { CaseResult } from '../../src/contracts/customer-case';
import type { RunResult } from '../../src/contracts/outcome';
import type { RunView } from '../../src/contracts/run-view';
import { startModelServer, type ModelServer } from '../support/model-server';
import { install, processesOf, root, stop, untilUp, type Installation, type Started } from './command-line';
import { documentOf } from './review';

jest.setTimeout(240_000);

const apiKey = 'sk-e2e-not-to-be-seen-0123456789';
const sample = join(root, 'data', 'shop', 'cases', 'cancel-with-refund.json');

describe('models that cannot be used as configured', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await install();
  });
  afterAll(() => installation.remove());

  it.each([
    [
      'an agent that does not exist',
      { COUNTERPOINT_MODELS: 'poet=gpt-5-mini' },
      /agents that do not exist: poet\. There are: .*caseReader/,
    ],
    [
      'a model that is not in the table',
      { COUNTERPOINT_MODELS: 'caseReader=huge' },
      /models that do not exist: huge\. There are: code, .*gpt-5-mini/,
    ],
    [
      'no server to ask',
      { COUNTERPOINT_MODELS: 'caseReader=gpt-5-mini' },
      /names? the models gpt-5-mini, and there is no server to ask\. Set OPENAI_API_KEY/,
    ],
    [
      'no models after an agent',
      { COUNTERPOINT_MODELS: 'caseReader' },
      /COUNTERPOINT_MODELS: expected AGENT=MODEL\|MODEL, came "caseReader"/,
    ],
    ['a table that is not there', { COUNTERPOINT_MODEL_TABLE: 'none.yaml' }, /model table .*none\.yaml cannot be used/],
    ['a key that no header can carry', { OPENAI_API_KEY: `${apiKey}\n` }, /OPENAI_API_KEY .* not visible ASCII/],
  ])('are refused before anything is brought up: %s', async (_what, environment, why) => {
    const { exitCode, stdout, stderr } = await installation.startWith(
      { OPENAI_API_KEY: '', OPENAI_BASE_URL: '', ...environment },
      ...['run', 'customer-operations', '--input', sample, '--wait'],
    ).ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(why);
    expect(stderr).not.toContain(apiKey);
    expect(await readdir(join(installation.folder, 'logs')).catch(() => [])).not.toContain('temporal.log');
  });
});

describe('an agent that the configuration switched to a model', () => {
  let installation: Installation;
  let server: ModelServer;
  let up: Started;
  let environment: NodeJS.ProcessEnv;
  beforeAll(async () => {
    const { message } = JSON.parse(await readFile(sample, 'utf8')) as { readonly message: string };
    server = await startModelServer({
      requireKey: apiKey,
      rules: [
        {
          when: { model: 'gpt-5-mini', system: 'Read what a customer asks for' },
          replies: [
            { error: { status: 503 } },
            { content: 'They want to cancel.' },
            { content: { ...readCase(message) } },
          ],
          then: 'refuse',
        },
      ],
    });
    installation = await install();
    environment = {
      ...{ OPENAI_BASE_URL: server.url, OPENAI_API_KEY: apiKey },
      COUNTERPOINT_MODELS: 'caseReader=gpt-5-mini|code',
    };
    up = installation.startWith(environment, 'up');
    await untilUp(installation);
  });
  afterAll(async () => {
    await stop(up);
    await installation.remove();
    await server.close();
  });

  it('is listed with it', async () => {
    const { stdout } = await installation.startWith(environment, 'agents', '--json').ended;
    const agents = JSON.parse(stdout) as readonly { readonly name: string; readonly models: readonly string[] }[];
    expect(agents.find(({ name }) => name === 'caseReader')?.models).toEqual(['gpt-5-mini', 'code']);
    expect(agents.find(({ name }) => name === 'replyWriter')?.models).toEqual(['code']);
  });

  it('asks it through the worker, mends what it wrote, and the run goes on with its answer', async () => {
    const words = ['run', 'customer-operations', '--input', sample, '--wait', '--json', '--yes'];
    const result = documentOf(await installation.run(...words)) as { readonly runId: string } & RunResult<CaseResult>;
    expect(result).toMatchObject({ outcome: 'completed', value: { resolution: 'settled' } });
    expect(server.requests.map(({ status }) => status)).toEqual([503, 200, 200]);
    expect(JSON.stringify(server.requests.at(-1)?.body)).toMatch(/not JSON/);
    const { steps } = documentOf(await installation.run('show', result.runId, '--json')) as RunView;
    const step = steps.find(({ name }) => name === 'caseReader');
    expect(step?.attempts.map(({ by }) => by)).toEqual(['caseReader/gpt-5-mini', 'caseReader/gpt-5-mini']);
    expect(result.usage.tokens).toBeGreaterThan(0);
    expect(result.usage.costMicroUsd).toBeGreaterThan(0);
  });

  it('has its key on no command line and in no file of the data folder', async () => {
    const processes = processesOf(installation.folder);
    expect(processes.length).toBeGreaterThan(1);
    for (const { line } of processes) expect(line).not.toContain(apiKey);
    const entries = await readdir(installation.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    expect(files.some((file) => file.includes('transcripts'))).toBe(true);
    const holding: string[] = [];
    for (const file of files) if ((await readFile(file).catch(() => '')).includes(apiKey)) holding.push(file);
    expect(holding).toEqual([]);
  });
});
