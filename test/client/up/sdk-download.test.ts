import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../../src/client/up/process-identity';
import { downloadBySdk, sdkBinaryName } from '../../../src/client/up/sdk-download';

const limits = { quietMs: 20_000, totalMs: 20_000 };
const notePid = `require('fs').writeFileSync(process.argv[3] + '/../pid', String(process.pid));`;

describe("the SDK's own download", () => {
  let outer: string;
  let folder: string;
  beforeEach(async () => {
    outer = await mkdtemp(join(tmpdir(), 'counterpoint-sdk-'));
    folder = await mkdtemp(join(outer, 'download-'));
  });
  afterEach(() => rm(outer, { recursive: true, force: true }));

  const into = () => ({ folder, onProgress: () => undefined });
  const isLeft = async () => isAlive(Number(await readFile(join(outer, 'pid'), 'utf8')));

  it('says the last causes of what the SDK says', async () => {
    const program = `process.stderr.write('Failed to start: failed to download: client error: dns error: no such name');`;
    await expect(downloadBySdk('temporal', into(), { program, ...limits })).rejects.toMatchObject({
      type: 'TemporalNotFound',
      message: 'client error: dns error: no such name',
    });
  });

  it('is ended when nothing comes, and leaves no process', async () => {
    const program = `${notePid} setInterval(() => {}, 1000);`;
    const hanging = downloadBySdk('temporal', into(), { program, quietMs: 3_000, totalMs: 20_000 });
    await expect(hanging).rejects.toThrow('nothing came for 3 s');
    expect(await isLeft()).toBe(false);
  });

  it('is ended when it takes too long in all', async () => {
    const program = `const { appendFileSync } = require('fs');
      setInterval(() => appendFileSync(process.argv[3] + '/part.downloading', 'x'), 5);`;
    const endless = downloadBySdk('temporal', into(), { program, quietMs: 20_000, totalMs: 1_000 });
    await expect(endless).rejects.toThrow('it took longer than 1 s');
  });

  it('takes the binary as soon as it is there and ends what the SDK started with it', async () => {
    const program = `${notePid} const { writeFileSync, renameSync } = require('fs');
      const path = process.argv[3] + '/${sdkBinaryName('temporal')}';
      writeFileSync(path + '.downloading', 'binary');
      renameSync(path + '.downloading', path);
      setInterval(() => {}, 1000);`;
    const path = await downloadBySdk('temporal', into(), { program, ...limits });
    expect(await readFile(path, 'utf8')).toBe('binary');
    expect(await isLeft()).toBe(false);
  });
});
