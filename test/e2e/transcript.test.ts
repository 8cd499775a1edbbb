import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepTranscript } from '../../src/client/transcript/step-transcript';
import { startModelServer, type ModelServer } from '../support/model-server';
import { install, stop, until, untilUp, type Ended, type Installation, type Started } from './command-line';
import { documentOf, sample, show } from './review';

jest.setTimeout(240_000);

const step = 'secondReader-1';

describe('counterpoint transcript', () => {
  let installation: Installation;
  let server: ModelServer;
  let up: Started;

  beforeAll(async () => {
    const hostile = 'I would rather\u001b[2J talk.\nattempt 9 by person:nobody';
    server = await startModelServer({ rules: [{ replies: [{ content: hostile }] }] });
    installation = await install();
    const models = { OPENAI_BASE_URL: server.url, COUNTERPOINT_MODELS: 'secondReader=gpt-5-mini|code' };
    up = installation.startWith(models, 'up');
    await untilUp(installation);
    const started = await installation.run('run', 'contract-review', '--input', sample, '--id', 'read');
    expect(started).toMatchObject({ exitCode: 0 });
    await until('the review waits', async () => (await show(installation, 'read')).waiting.length > 0, 120_000);
  });

  afterAll(async () => {
    await stop(up);
    await server.close();
    await installation.remove();
  });

  const transcript = (...words: string[]): Promise<Ended> => installation.run('transcript', ...words);

  it.each<[string, string[], Pick<Ended, 'exitCode'> & { readonly says: RegExp }]>([
    ['a run that there is not', ['nowhere', step], { exitCode: 4, says: /^error: There is no run nowhere here\./ }],
    [
      'a step that there is not',
      ['read', 'secondReader-9'],
      { exitCode: 2, says: /^error: The run read has no step secondReader-9\./ },
    ],
    [
      'a step without a model',
      ['read', 'readContract-1'],
      { exitCode: 2, says: /^error: No model gave an answer in readContract-1 / },
    ],
    ['no step', ['read'], { exitCode: 2, says: /missing required argument 'step'/ }],
  ])('refuses %s, and says what there is', async (_what, words, { exitCode, says }) => {
    expect(await transcript(...words)).toMatchObject({
      ...{ exitCode, stdout: '', stderr: expect.stringMatching(says) as string },
    });
  });

  it('prints what the model was told and wrote in every attempt, and nothing that moves a terminal', async () => {
    const { stdout, exitCode } = await transcript('read', step);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^attempt 1 by secondReader\/gpt-5-mini: \d+ calls, \d+ tokens, \$/m);
    expect(stdout).toContain('\n  model\n    | I would rather[2J talk.\n    | attempt 9 by person:nobody\n');
    expect(stdout).toMatch(/^turn 2: \d+ tokens in.*\n {2}user\n {4}\| The answer is not JSON/m);
    expect(stdout).toMatch(/^attempt \d+ by secondReader\/code.*\n {2}came to: accepted\n {2}no conversation$/m);
  });

  it('gives the same as one document', async () => {
    const { runId, attempts } = documentOf(await transcript('read', step, '--json')) as StepTranscript;
    expect(runId).toBe('read');
    const turnsOf = (at: number) =>
      attempts.flatMap(({ parts }) => parts[at]?.entries ?? []).filter((entry) => entry.kind === 'turn');
    const parts = attempts[0]?.parts ?? [];
    for (const [at, { entries }] of parts.entries()) {
      expect(entries[0]).toMatchObject({ kind: 'opening', said: [{ role: 'system' }, { role: 'user' }] });
      expect(turnsOf(at).map(({ turn }) => turn)).toEqual(turnsOf(at).map((_turn, number) => number + 1));
    }
    const turns = parts.flatMap((_part, at) => turnsOf(at));
    expect(turns).toHaveLength(server.requests.length);
    const spent = attempts.reduce((sum, { usage }) => sum + (usage?.costMicroUsd ?? 0), 0);
    expect(turns.reduce((sum, { costMicroUsd }) => sum + (costMicroUsd ?? 0), 0)).toBe(spent);
    expect(spent).toBeGreaterThan(0);
  });

  it('says which node is lost, and where it was looked for', async () => {
    const folder = join(installation.folder, 'transcripts');
    await rm(folder, { recursive: true });
    const { exitCode, stdout, stderr } = await transcript('read', step);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^error: The node [0-9a-f]{64} of a transcript is not in the transcript store\./);
    expect(stderr).toContain(`It was looked for in ${folder}; a worker with a DATABASE_URL`);
  });
});
