import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSupervisedProcess } from '../../../src/client/up/supervised-process';

describe('a supervised process', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counterpoint-worker-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function optionsOf(program: string) {
    const file = join(folder, 'worker.js');
    await writeFile(file, program);
    const died: string[] = [];
    const onDied = (what: string) => void died.push(what);
    const said: unknown[] = [];
    const onStarted = (_pid: number, message: unknown) => {
      said.push(message);
      return Promise.resolve();
    };
    return {
      name: 'worker',
      said,
      file,
      environment: {},
      logFile: join(folder, 'worker.log'),
      onStarted,
      onDied,
      died,
    };
  }

  it('is refused when its first start fails', async () => {
    await expect(startSupervisedProcess(await optionsOf('process.exit(7);'))).rejects.toMatchObject({
      type: 'ServerUnavailable',
      message: expect.stringContaining('it ended with 7') as string,
    });
  });

  it('is given up after three failed starts in a row', async () => {
    const once = `
      const { writeFileSync } = require('node:fs');
      writeFileSync(__filename, 'process.exit(8);');
      process.send('ready', () => process.exit(1));`;
    const options = await optionsOf(once);
    const { givenUp } = await startSupervisedProcess(options);
    expect(await givenUp).toMatch(/could not be started again, 3 times in a row; see .*worker\.log/);
    expect(options.died).toHaveLength(3);
  });

  it('is started again with what is known by then, and heard each time', async () => {
    const options = await optionsOf('process.send(process.argv.slice(2)); setInterval(() => undefined, 1_000);');
    let pid = 0;
    let starts = 0;
    const startedTwice = new Promise<void>((resolve) => {
      const { onStarted } = options;
      options.onStarted = (newPid, message) => {
        pid = newPid;
        if ((starts += 1) === 2) resolve();
        return onStarted(newPid, message);
      };
    });
    const supervised = await startSupervisedProcess({ ...options, argumentsNow: () => ['start', String(starts)] });
    process.kill(pid, 'SIGKILL');
    await startedTwice;
    await supervised.stop();
    expect(options.said).toEqual([
      ['start', '0'],
      ['start', '1'],
    ]);
    expect(options.died).toEqual(['The worker ended (SIGKILL) and is started again.']);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
