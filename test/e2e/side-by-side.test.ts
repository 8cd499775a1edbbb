import { install, processesOf, until, untilUp, type Installation } from './command-line';
import { completed, documentOf, filedIn, sample } from './review';

jest.setTimeout(180_000);

const review = ['run', 'contract-review', '--input', sample, '--wait', '--json'];

describe('commands side by side', () => {
  const installations: Installation[] = [];
  async function installed(): Promise<Installation> {
    const installation = await install();
    installations.push(installation);
    return installation;
  }
  afterEach(async () => {
    await Promise.all(installations.splice(0).map((installation) => installation.remove()));
  });

  it('do not touch each other in several data folders, also under the same run id', async () => {
    const folders = [await installed(), await installed()];
    const ended = await Promise.all(folders.map((folder) => folder.run(...review, '--yes', '--id', 'same')));
    for (const one of ended) {
      expect(one.exitCode).toBe(0);
      expect(completed(one)).toMatchObject({ runId: 'same', value: { matter: { matterId: 'M-000001' } } });
    }
    for (const folder of folders) {
      expect(await filedIn(folder)).toHaveLength(1);
      expect(processesOf(folder.folder)).toEqual([]);
    }
  });

  it('share what one of them brought up, and it goes down with the last', async () => {
    const installation = await installed();
    const first = installation.start(...review, '--yes', '--id', 'first');
    await untilUp(installation);
    const second = installation.start(...review, '--id', 'second');
    await until('the second waits for counsel', () => second.output.stderr.includes('counsel must decide'));
    await until('the first waits for the second', () => first.output.stderr.includes('still use this server'));
    expect(first.process.exitCode).toBeNull();

    await installation.run('decide', 'second', 'counselSignOff-1', '--approve', '--as', 'Ada');
    const ended = await Promise.all([first.ended, second.ended]);
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(ended.map((one) => completed(one).runId)).toEqual(['first', 'second']);
    expect(processesOf(installation.folder)).toEqual([]);
    expect(await filedIn(installation)).toHaveLength(2);
  });

  it('bring up one server when they begin at the same moment', async () => {
    const installation = await installed();
    const ended = await Promise.all([1, 2, 3].map(() => installation.run('runs', '--json')));
    for (const one of ended) {
      expect(one).toMatchObject({ exitCode: 0 });
      expect(documentOf(one)).toEqual([]);
    }
    expect(processesOf(installation.folder)).toEqual([]);
  });

  it('lose what they use when it is ended by force, and say that their run is kept', async () => {
    const installation = await installed();
    const owner = installation.start('up');
    await untilUp(installation);
    const guest = installation.start(...review, '--id', 'kept');
    await until('the run waits for counsel', () => guest.output.stderr.includes('counsel must decide'));
    owner.process.kill('SIGINT');
    await until('the owner waits', () => owner.output.stderr.includes('still use this server'));
    owner.process.kill('SIGINT');
    expect(await owner.ended).toMatchObject({ exitCode: 130 });
    expect(await guest.ended).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('The run kept cannot be followed') as string,
    });
    await until('the worker has ended too', () => processesOf(installation.folder).length === 0);
  });
});
