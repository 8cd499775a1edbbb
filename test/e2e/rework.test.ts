import {
  install,
  processesOf,
  stop,
  until,
  untilUp,
  type Ended,
  type Installation,
  type Started,
} from './command-line';
import type { Lineage } from '../../src/client/lineage';
import type { Preview } from '../../src/contracts/preview';
import { documentOf, sample, show } from './review';

jest.setTimeout(240_000);

const signOff = 'counselSignOff-1';

describe('taking an error back from the command line', () => {
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

  function decide(runId: string, ...words: readonly string[]): Promise<Ended> {
    return installation.run('decide', runId, ...words, '--as', 'Ada');
  }

  /** Waits until a step of this name waits, and gives its full name. */
  async function untilWaiting(runId: string, name: string): Promise<string> {
    const found = await until(`${name} of ${runId} waits`, async () =>
      (await show(installation, runId)).waiting.find(({ step }) => step.startsWith(`${name}-`)),
    );
    return found.step;
  }

  async function untilEnded(runId: string) {
    return until(`${runId} has ended`, async () => {
      const shown = await show(installation, runId);
      return shown.result === undefined ? undefined : { ...shown, result: shown.result };
    });
  }

  async function startReview(id: string): Promise<void> {
    expect(await installation.run('run', 'contract-review', '--input', sample, '--id', id)).toMatchObject({
      exitCode: 0,
    });
    await untilWaiting(id, 'counselSignOff');
  }

  it('says beforehand what a rejection would do, and refuses what cannot be rejected, changing nothing', async () => {
    await startReview('blamed');
    const { stdout } = await installation.run('show', 'blamed');
    expect(stdout).toContain('Rejecting it without --blame ends the run, unless the process provides for that');
    expect(stdout).toContain('counterpoint preview blamed --reject STEP');

    const preview = documentOf(await installation.run('preview', 'blamed', '--reject', 'clauseExtractor-3', '--json'));
    const more = ['termReader-1', 'playbookComparer-1', 'riskAssessor-1', signOff];
    const foreseen: Preview = {
      reject: 'clauseExtractor-3',
      undone: [],
      cannotBeUndone: [],
      askedAgain: ['clauseExtractor-3', ...more],
      usage: { tokens: 0, costMicroUsd: 0, calls: 5 },
    };
    expect(preview).toEqual({ runId: 'blamed', ...foreseen });
    expect((await installation.run('preview', 'blamed', '--reject', 'riskAssessor-1')).stdout).toContain(
      'Rejecting riskAssessor-1 would at the most\n',
    );

    const refusals: [reason: RegExp, exitCode: number, words: string[]][] = [
      [/has no step nobody-1/, 5, ['preview', 'blamed', '--reject', 'nobody-1']],
      [/has no answer that could be wrong/, 5, ['reject', 'blamed', signOff, '--comment', 'x']],
      [/feedback/, 2, ['reject', 'blamed', 'riskAssessor-1', '--comment', '']],
      [/There is no run nowhere/, 4, ['preview', 'nowhere', '--reject', 'riskAssessor-1']],
      [/Only a rejection can blame/, 2, ['decide', 'blamed', signOff, '--approve', '--blame', 'x', '--as', 'Ada']],
      [/has no step nobody-1/, 5, ['decide', 'blamed', signOff, '--reject', '--blame', 'nobody-1', '--as', 'Ada']],
      [
        /offers approve, edit, reject, reassign, not undoneByHand/,
        5,
        ['decide', 'blamed', signOff, '--undone-by-hand', '--as', 'Ada'],
      ],
    ];
    for (const [reason, exitCode, words] of refusals) {
      const ended = await installation.run(...words);
      expect(ended).toMatchObject({ exitCode, stdout: '', stderr: expect.stringMatching(reason) as string });
    }
    expect(await show(installation, 'blamed')).toMatchObject({ state: 'waiting', pass: 1 });
  });

  it('does a blamed step again with all that came from it, shows what no longer counts, and completes', async () => {
    const words = ['--reject', '--blame', 'riskAssessor-1', '--comment', 'Too mild.'];
    expect(await decide('blamed', signOff, ...words)).toMatchObject({ exitCode: 0 });
    // The assessor is code: it answers the same again, which only a person may let stand.
    const escalation = await untilWaiting('blamed', 'riskAssessorEscalation');
    const { stdout } = await installation.run('show', 'blamed');
    expect(stdout).toMatch(/^pass {5}2$/m);
    expect(stdout).toMatch(/^riskAssessor-1 .* blamed, answered /m);
    expect(stdout).toMatch(/^counselSignOff-1 .* blaming, failed: Rejected /m);
    expect(stdout).toContain('blamed   riskAssessor-1, by counselSignOff-1: Ada rejected counselSignOff-1: Too mild.');
    expect(await decide('blamed', escalation, '--approve')).toMatchObject({ exitCode: 0 });
    expect(await decide('blamed', await untilWaiting('blamed', 'counselSignOff'), '--approve')).toMatchObject({
      exitCode: 0,
    });

    const { result, steps } = await untilEnded('blamed');
    expect(result.outcome).toBe('completed');
    const counted = (name: string) => steps.filter((step) => step.name === name).length;
    expect([counted('clauseExtractor'), counted('riskAssessor'), counted('fileReview')]).toEqual([41, 2, 1]);
    const graph = await installation.run('show', 'blamed', '--graph');
    expect(graph.stdout).toMatch(/^ {2}riskAssessor_1\(".*blamed"\):::struck$/m);
    expect(await installation.run('reject', 'blamed', 'riskAssessor-2', '--comment', 'x')).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining('The run blamed has ended (COMPLETED)') as string,
    });
  });

  it('tells what a report was made from, and what was made from a clause', async () => {
    const report = documentOf(
      await installation.run('show', 'blamed', '--lineage', 'reportWriter-1', '--json'),
    ) as Lineage;
    expect(report.madeFrom).toEqual(
      expect.arrayContaining([
        'readContract-1',
        'readPlaybook-1',
        'clauseExtractor-41',
        'riskAssessor-2',
        'counselSignOff-2',
      ]),
    );
    expect(report.madeFrom).not.toContain('riskAssessor-1');
    expect(report.made).toEqual(['publishReport-1']);
    const tree = await installation.run('show', 'blamed', '--lineage', 'clauseExtractor-3');
    expect(tree.stdout).toMatch(/^clauseExtractor-3 \(.*\) was made from\n└─ readContract-1 /);
    expect(tree.stdout).toMatch(/─ riskAssessor-2 /);
    expect(await installation.run('show', 'blamed', '--lineage', 'nobody-1')).toMatchObject({
      exitCode: 2,
      stdout: '',
    });
  });

  it('leaves histories that fit the code', async () => {
    const replayed = await installation.run('replay', '--live', 'WorkflowType = "contractReview"', '--json');
    expect(replayed.exitCode).toBe(0);
    expect(documentOf(replayed)).toHaveLength(1);
  });
});
