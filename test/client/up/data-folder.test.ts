import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { dataFolder, openDataFolder } from '../../../src/client/up/data-folder';

describe('the data folder', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'counterpoint-data-'));
  });
  afterEach(async () => {
    await chmod(root, 0o700);
    await rm(root, { recursive: true, force: true });
  });

  it('is refused when it lies below a file, with what to do', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(openDataFolder(join(root, 'file', 'data'))).rejects.toMatchObject({
      type: 'DataFolderUnusable',
      message: expect.stringMatching(/ENOTDIR.*name another with --data DIR or COUNTERPOINT_DATA\.$/) as string,
    });
  });

  it('is refused when it is a file', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(openDataFolder(join(root, 'file'))).rejects.toMatchObject({ type: 'DataFolderUnusable' });
  });

  // The superuser may write everywhere.
  const itWithoutSuperuser = process.getuid?.() === 0 ? it.skip : it;
  itWithoutSuperuser('is refused when it cannot be written', async () => {
    await openDataFolder(root);
    await chmod(root, 0o500);
    await expect(openDataFolder(root)).rejects.toMatchObject({ type: 'DataFolderUnusable' });
  });

  it('holds all its paths inside, whatever they are for', () => {
    const folder = dataFolder('some/../data');
    for (const path of Object.values(folder) as string[]) {
      expect(isAbsolute(path)).toBe(true);
      expect(relative(folder.root, path).startsWith('..')).toBe(false);
    }
    expect(folder.root).toBe(join(process.cwd(), 'data'));
  });

  it('is created for its owner only, may be opened again, and keeps nothing of the probe', async () => {
    const folder = await openDataFolder(join(root, 'deep', 'data'));
    expect(await openDataFolder(folder.root)).toEqual(folder);
    expect((await stat(folder.root)).mode & 0o777).toBe(0o700);
    expect((await readdir(folder.root)).sort()).toEqual(['artifacts', 'logs', 'reports', 'transcripts', 'watch-doors']);
  });
});
