import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorkerProcess } from '../../../src/client/up/worker-process';

describe('the process of a worker', () => {
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
    const onStarted = () => Promise.resolve();
    return { file, environment: {}, logFile: join(folder, 'worker.log'), onStarted, onDied, died };
  }

  it('is refused when its first start fails', async () => {
    await expect(startWorkerProcess(await optionsOf('process.exit(7);'))).rejects.toMatchObject({
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
    const { givenUp } = await startWorkerProcess(options);
    expect(await givenUp).toMatch(/could not be started again, 3 times in a row; see .*worker\.log/);
    expect(options.died).toHaveLength(3);
  });
});
