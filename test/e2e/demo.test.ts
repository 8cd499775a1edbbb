import { existsSync } from 'node:fs';
import { install, processesOf, stop, until, untilUp, type Ended, type Installation } from './command-line';
import { checkQuotes, filedIn, documentOf, sample, show } from './review';

jest.setTimeout(180_000);

describe('the demo', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await install();
  });
  afterAll(() => installation.remove());

  function reportIn({ stdout }: Ended): string {
    return /^report {3}(.+)$/m.exec(stdout)?.[1] ?? '';
  }

  it('reviews the shipped contract from nothing to a filed report, and says where everything is', async () => {
    const ended = await installation.run('demo', '--yes');
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(ended.stdout).toMatch(
      /^In the Temporal UI: http:\/\/127\.0\.0\.1:\d+\/namespaces\/default\/workflows\/contractReview-[0-9a-f]{8}$/m,
    );
    expect(ended.stdout).toContain('Code-backed agents are at work: no key, no cost.');
    expect(ended.stdout).toMatch(/^outcome {2}completed$/m);
    expect(ended.stdout).toMatch(/^filed {4}M-000001: reseller-agreement\.txt, signed off by demo$/m);
    expect(ended.stderr).toContain('approved by the actor "demo"');
    expect(existsSync(reportIn(ended))).toBe(true);
    expect(await checkQuotes(reportIn(ended), sample)).toMatchObject({ exitCode: 0 });
    expect(processesOf(installation.folder)).toEqual([]);
  });

  it('can be had again in the same folder', async () => {
    const ended = await installation.run('demo', '--yes');
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(ended.stdout).toMatch(/^filed {4}M-000002: /m);
    expect(processesOf(installation.folder)).toEqual([]);
    expect(await filedIn(installation)).toHaveLength(2);
  });

  it('leaves nothing running when it is interrupted, and its run goes on with the next `up`', async () => {
    const demo = installation.start('demo', '--yes');
    const runId = await until('the run has begun', () => /as run (\S+)/.exec(demo.output.stdout)?.[1]);
    demo.process.kill('SIGINT');
    const interrupted = await demo.ended;
    expect(interrupted).toMatchObject({ exitCode: 130, signal: null });
    expect(interrupted.stderr).toContain(`The run ${runId} is kept`);
    expect(interrupted.stderr).not.toMatch(/error/i);
    expect(processesOf(installation.folder)).toEqual([]);

    const up = installation.start('up');
    await untilUp(installation);
    await until('the run waits for counsel', async () => {
      const waiting = documentOf(await installation.run('inbox', '--json')) as { runId: string }[];
      return waiting.some((one) => one.runId === runId);
    });
    await installation.run('decide', runId, 'counselSignOff-1', '--approve', '--as', 'Ada');
    await until('the run has ended', async () => (await show(installation, runId)).state === 'completed');
    expect(await stop(up)).toMatchObject({ exitCode: 0 });
    expect(processesOf(installation.folder)).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'leaves nothing running when %s comes while it comes up',
    async (signal) => {
      const demo = installation.start('demo', '--yes');
      await until('the server is there', () =>
        processesOf(installation.folder).some(({ line }) => line.includes('start-dev')),
      );
      demo.process.kill(signal);
      expect(await demo.ended).toMatchObject({ exitCode: 130, signal: null, stdout: '' });
      expect(processesOf(installation.folder)).toEqual([]);
    },
  );
});
