import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RiskAssessment } from '../../src/contracts/risk';
import {
  historyLength,
  install,
  processesOf,
  stop,
  until,
  untilUp,
  withServer,
  type Ended,
  type Installation,
  type Started,
} from './command-line';
import { documentOf, sample, show } from './review';

jest.setTimeout(240_000);

const step = 'counselSignOff-1';

describe('the commands beside a folder that is up', () => {
  let installation: Installation;
  let up: Started;
  beforeAll(async () => {
    installation = await install();
    up = installation.start('up');
    await untilUp(installation);
  });
  afterAll(async () => {
    const ended = await stop(up);
    expect(processesOf(installation.folder)).toEqual([]);
    expect(ended).toMatchObject({ exitCode: 0, signal: null });
    await installation.remove();
  });

  /** Starts a review and waits until counsel is asked. */
  async function startReview(id: string): Promise<string> {
    const ended = await installation.run('run', 'contract-review', '--input', sample, '--id', id);
    expect(ended).toMatchObject({ exitCode: 0, stdout: `${id}\n` });
    await until(`${id} waits`, async () => (await show(installation, id)).waiting.length > 0);
    return id;
  }

  function decide(runId: string, ...words: readonly string[]): Promise<Ended> {
    return installation.run('decide', runId, ...words);
  }

  async function untilEnded(runId: string) {
    return until(`${runId} has ended`, async () => {
      const shown = await show(installation, runId);
      return shown.result === undefined ? undefined : { ...shown, result: shown.result };
    });
  }

  async function eventsOf(runId: string): Promise<number> {
    return withServer(installation, (client) => historyLength(client, runId));
  }

  async function edited(name: string, change: (assessment: RiskAssessment) => unknown): Promise<string> {
    const { waiting } = await show(installation, 'edited');
    const file = join(installation.folder, name);
    await writeFile(file, JSON.stringify(change(waiting[0]!.subject as RiskAssessment)));
    return file;
  }

  it('say who else is up, and give the catalogues as one document each', async () => {
    expect(await installation.run('up')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('is up already') as string,
    });
    for (const catalogue of ['processes', 'agents', 'tools']) {
      const ended = await installation.run(catalogue, '--json');
      expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
      expect((documentOf(ended) as { name: string }[]).map(({ name }) => name)).not.toContain('');
    }
  });

  it('show a run that waits, in its list, in the inbox, by itself and as a graph', async () => {
    await startReview('shown');
    expect(documentOf(await installation.run('runs', '--state', 'waiting', '--json'))).toMatchObject([
      { runId: 'shown', process: 'contractReview', state: 'waiting', waitingRoles: ['counsel'], endedAt: null },
    ]);
    expect(documentOf(await installation.run('inbox', '--json', '--role', 'counsel'))).toMatchObject([
      { runId: 'shown', step, role: 'counsel', offers: ['approve', 'edit', 'reject', 'reassign'] },
    ]);
    expect(documentOf(await installation.run('inbox', '--json', '--role', 'nobody'))).toEqual([]);

    const shown = await installation.run('show', 'shown');
    expect(shown.stdout).toMatch(/^state {4}waiting$/m);
    expect(shown.stdout).toMatch(/^clauseExtractor-41 .* answered /m);
    expect(shown.stdout).toMatch(
      /^Decide \(.*\): counterpoint decide shown counselSignOff-1 --approve --as YOU --shown [0-9a-f]{12}$/m,
    );

    const { stdout } = await installation.run('show', 'shown', '--graph');
    expect(stdout).toContain('flowchart TD');
    expect(stdout).toContain('clauseExtractor × 41');
    expect(stdout).toContain('riskAssessor_1 --> counselSignOff_1');
  });

  it('refuse a decision that cannot be taken, with the reason, and the history has not one event more', async () => {
    const before = await eventsOf('shown');
    const refusals: [reason: RegExp, exitCode: number, words: string[]][] = [
      [/shows something else by now/, 5, ['shown', step, '--approve', '--as', 'Ada', '--shown', 'ffff']],
      [/nothingOfTheKind-1 is not waiting/, 5, ['shown', 'nothingOfTheKind-1', '--approve', '--as', 'Ada']],
      [/readContract-1 is not waiting/, 5, ['shown', 'readContract-1', '--approve', '--as', 'Ada']],
      [
        /offers approve, edit, reject, reassign, not retry/,
        5,
        ['shown', step, '--retry', '--as', 'Ada', '--comment', 'x'],
      ],
      [/There is no run nowhere/, 4, ['nowhere', step, '--approve', '--as', 'Ada']],
      [/exactly one of/, 2, ['shown', step, '--approve', '--reject', '--as', 'Ada']],
      [/actor/, 2, ['shown', step, '--approve', '--as', ' ']],
      [/--as <actor>/, 2, ['shown', step, '--approve']],
      [/cannot be read as JSON/, 2, ['shown', step, '--edit', sample, '--as', 'Ada']],
    ];
    for (const [reason, exitCode, words] of refusals) {
      const ended = await decide(words[0]!, ...words.slice(1));
      expect(ended).toMatchObject({ exitCode, stdout: '', stderr: expect.stringMatching(reason) as string });
      expect(ended.stderr).not.toMatch(/^\s+at /m);
    }
    expect(await eventsOf('shown')).toBe(before);
  });

  it('reassign a step, approve it once, and refuse what comes after', async () => {
    const reassigned = await decide('shown', step, '--reassign', 'generalCounsel', '--as', 'Ada', '--json');
    expect(documentOf(reassigned)).toEqual({ runId: 'shown', step, decision: 'reassign', actor: 'Ada' });
    expect(documentOf(await installation.run('inbox', '--json'))).toMatchObject([{ role: 'generalCounsel' }]);

    const { shown } = (await show(installation, 'shown')).waiting[0]!;
    const approved = await decide('shown', step, '--approve', '--as', 'Grace', '--shown', shown.slice(0, 12));
    expect(approved).toMatchObject({ exitCode: 0, stdout: `${step}: approve by Grace\n` });
    expect(await untilEnded('shown')).toMatchObject({
      state: 'completed',
      result: { outcome: 'completed', value: { matter: { matterId: 'M-000001', signedOffBy: 'Grace' } } },
    });
    const before = await eventsOf('shown');
    expect(await decide('shown', step, '--approve', '--as', 'Ada')).toMatchObject({ exitCode: 5 });
    expect(await eventsOf('shown')).toBe(before);
  });

  it('take an edited assessment that fits and cites this review, and no other', async () => {
    await startReview('edited');
    const before = await eventsOf('edited');
    const misfit = await edited('misfit.json', () => ({ recommendation: 'sign' }));
    const foreign = await edited('foreign.json', (assessment) => ({
      ...assessment,
      risks: assessment.risks.map((risk) => ({
        ...risk,
        citations: [{ quote: 'The Customer owes all.', anchor: 's-1' }],
      })),
    }));
    expect(await decide('edited', step, '--edit', misfit, '--as', 'Ada')).toMatchObject({
      exitCode: 5,
      stderr: expect.stringMatching(/does not fit counselSignOff-1: .*summary/) as string,
    });
    expect(await decide('edited', step, '--edit', foreign, '--as', 'Ada')).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining('must cite quotes of this review') as string,
    });
    expect(await eventsOf('edited')).toBe(before);

    const fitting = await edited('fitting.json', (assessment) => ({ ...assessment, summary: 'Counsel has read it.' }));
    expect(await decide('edited', step, '--edit', fitting, '--as', 'Ada')).toMatchObject({ exitCode: 0 });
    expect(await untilEnded('edited')).toMatchObject({ result: { value: { summary: 'Counsel has read it.' } } });
  });

  it('end `run --wait` as rejected when counsel rejects from elsewhere, with nothing filed', async () => {
    const words = ['--input', sample, '--id', 'rejected', '--wait', '--json'];
    const waiting = installation.start('run', 'contract-review', ...words);
    await until('counsel is asked', () => waiting.output.stderr.includes('counsel must decide'));
    expect(await decide('rejected', step, '--reject', '--as', 'Ada', '--comment', 'not like this')).toMatchObject({
      exitCode: 0,
    });
    const ended = await waiting.ended;
    expect(ended.exitCode).toBe(11);
    expect(documentOf(ended)).toMatchObject({ outcome: 'rejected', failure: { type: 'Rejected' } });
    expect((await show(installation, 'rejected')).steps.map(({ name }) => name)).not.toContain('fileReview');
  });

  it('refuse to start a run of an id that exists, and to name it in a way that a shell would not take', async () => {
    const again = await installation.run('run', 'contract-review', '--input', sample, '--id', 'shown');
    expect(again).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('A run shown exists already') as string,
    });
    expect(await installation.run('run', 'contract-review', '--input', sample, '--id', '')).toMatchObject({
      exitCode: 2,
    });
  });

  it('cancel a run, and say so again for one that has ended', async () => {
    await startReview('cancelled');
    for (let times = 0; times < 2; times += 1) {
      const ended = await installation.run('cancel', 'cancelled', '--json');
      expect(ended.exitCode).toBe(0);
      expect(documentOf(ended)).toMatchObject({
        runId: 'cancelled',
        outcome: 'rolledBack',
        failure: { type: 'Cancelled' },
      });
    }
    expect(await installation.run('cancel', 'nowhere')).toMatchObject({ exitCode: 4 });
  });

  it('tell a run that was terminated from one with an outcome', async () => {
    await startReview('terminated');
    await withServer(installation, (client) => client.workflow.getHandle('terminated').terminate());
    expect(await installation.run('show', 'terminated', '--json')).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining('has no outcome: Temporal says that it is terminated') as string,
    });
    const runs = documentOf(await installation.run('runs', '--json')) as { runId: string; state: string }[];
    expect(runs.map(({ runId, state }) => `${runId} ${state}`)).toEqual([
      'terminated terminated',
      'cancelled rolledBack',
      'rejected rejected',
      'edited completed',
      'shown completed',
    ]);
  });

  it('replay what the namespace holds against the code, and refuse a query that means nothing', async () => {
    const replayed = await installation.run('replay', '--live', 'WorkflowType = "contractReview"', '--json');
    expect(replayed.exitCode).toBe(0);
    expect(documentOf(replayed)).toHaveLength(5);
    expect((documentOf(replayed) as { fits: boolean }[]).every(({ fits }) => fits)).toBe(true);
    expect(await installation.run('replay', '--live', 'nothing at all')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('does not understand the query') as string,
    });
  });
});
