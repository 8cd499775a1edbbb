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
import { documentOf, sample, show } from './review';

jest.setTimeout(240_000);

describe('going on from another run', () => {
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

  it('forks a run at a step, and leaves what the other did as it is', async () => {
    const first = await installation.run(
      'run',
      'contract-review',
      '--input',
      sample,
      '--id',
      'first',
      '--wait',
      '--yes',
    );
    expect(first.exitCode).toBe(0);
    const words = ['fork', 'first', '--at', 'reportWriter-1', '--id', 'forked', '--wait', '--json'];
    const ended = await installation.run(...words);
    expect(ended.exitCode).toBe(0);
    expect(documentOf(ended)).toMatchObject({ runId: 'forked', outcome: 'completed', usage: { calls: 3 } });
    const { steps } = await show(installation, 'forked');
    const asked = steps.filter(({ inherited }) => inherited !== true).map(({ step }) => step);
    expect(asked).toEqual(['reportWriter-2', 'publishReport-2', 'fileReview-2']);
    const lineage = documentOf(await installation.run('show', 'forked', '--lineage', 'reportWriter-2', '--json'));
    expect(lineage).toMatchObject({
      isWhole: true,
      madeFrom: expect.arrayContaining(['clauseExtractor-41']) as string[],
    });
    expect((await show(installation, 'first')).result?.outcome).toBe('completed');

    for (const [reason, ...more] of [
      [/has no step nobody-1 that was answered/, '--at', 'nobody-1'],
      [/A run forked exists already/, '--at', 'reportWriter-1', '--id', 'forked'],
      [/--at <step>/],
    ] as const) {
      const refused = await installation.run('fork', 'first', ...more);
      expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(reason) as string });
    }
  });

  it('repairs a run that was cancelled, and one that was rejected, from what still holds', async () => {
    expect(await installation.run('repair', 'first')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('The run first has completed') as string,
    });
    await startReview('repaired');
    expect(await installation.run('repair', 'repaired')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('The run repaired has not ended') as string,
    });
    const cancelled = await installation.run('cancel', 'repaired', '--json');
    expect(documentOf(cancelled)).toMatchObject({ outcome: 'rolledBack', effects: [] });
    expect((await installation.run('show', 'repaired')).stdout).toContain('counterpoint repair repaired');

    expect(await installation.run('repair', 'repaired')).toMatchObject({ exitCode: 0, stdout: 'repaired\n' });
    const again = await untilWaiting('repaired', 'counselSignOff');
    expect(await decide('repaired', again, '--reject', '--comment', 'Not like this.')).toMatchObject({ exitCode: 0 });
    expect(await untilEnded('repaired')).toMatchObject({ result: { outcome: 'rejected' } });

    const ended = await installation.run('repair', 'repaired', '--wait', '--yes', '--json');
    expect(ended.exitCode).toBe(0);
    expect(documentOf(ended)).toMatchObject({ runId: 'repaired', outcome: 'completed' });
    const { steps } = await show(installation, 'repaired');
    expect(steps.filter(({ name }) => name === 'clauseExtractor')).toHaveLength(41);
    const runs = documentOf(await installation.run('runs', '--json')) as { runId: string; state: string }[];
    expect(runs.map(({ runId, state }) => `${runId} ${state}`)).toEqual([
      'repaired completed',
      'forked completed',
      'first completed',
    ]);
  });
});
