import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { reportFolder } from '../../../src/activities/stores/report-folder';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const report = { markdown: Buffer.from('# Report'), html: Buffer.from('<h1>Report</h1>') };
const key = '0123456789abcdef';

/** What people find in a folder of reports. */
async function found(path = folder): Promise<string[]> {
  return (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
}

describe('the folder of reports', () => {
  it.each(['../../escape', '/etc/passwd', '..', '', 'a/b\\c', 'x'.repeat(400), '\u0000', '§'])(
    'keeps the report of %j inside',
    async (name) => {
      const { markdownPath, htmlPath } = await reportFolder(folder).write(name, report, key);
      expect([dirname(markdownPath), dirname(htmlPath)]).toEqual([folder, folder]);
      expect(await readdir(folder)).toHaveLength(2);
    },
  );

  it('keeps what a key would lead elsewhere inside', async () => {
    const reports = reportFolder(join(folder, 'reports'));
    const { htmlPath } = await reports.write('Supply agreement', report, '../../../x');
    await reports.withdraw('../../../x');
    expect(dirname(htmlPath)).toBe(join(folder, 'reports'));
    expect(await readdir(folder)).toEqual(['reports']);
  });

  it('writes both files whole, and again without a trace', async () => {
    const reports = reportFolder(join(folder, 'new'));
    const paths = await reports.write('Supply agreement', report, key);
    expect(await reports.write('Supply agreement', report, key)).toEqual(paths);
    expect(await found(join(folder, 'new'))).toEqual([
      'Supply-agreement-01234567.html',
      'Supply-agreement-01234567.md',
    ]);
    expect(await readFile(paths.markdownPath, 'utf8')).toBe('# Report');
    expect(await readFile(paths.htmlPath, 'utf8')).toBe('<h1>Report</h1>');
    expect((await stat(paths.htmlPath)).mode & 0o777).toBe(0o600);
  });

  it('takes the same report many times at once', async () => {
    const reports = reportFolder(folder);
    await Promise.all(Array.from({ length: 10 }, () => reports.write('Supply agreement', report, key)));
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('finds what stands under a key, and nothing under another', async () => {
    const reports = reportFolder(folder);
    const paths = await reports.write('Supply agreement', report, key);
    expect(await reports.find(key)).toEqual(paths);
    expect(await reports.find('fedcba9876543210')).toBeUndefined();
    await rm(paths.htmlPath);
    expect(await reports.find(key)).toBeUndefined();
  });

  it('withdraws one report, and lets it not be written again', async () => {
    const reports = reportFolder(folder);
    await reports.write('Supply agreement', report, key);
    const other = await reports.write('Supply agreement', report, 'fedcba9876543210');
    await reports.withdraw(key);
    await reports.withdraw(key);
    expect(await reports.find(key)).toBeUndefined();
    await expect(reports.write('Supply agreement', report, key)).rejects.toMatchObject({ type: 'EffectUndone' });
    expect(await found()).toEqual(['Supply-agreement-fedcba98.html', 'Supply-agreement-fedcba98.md']);
    expect(await reports.find('fedcba9876543210')).toEqual(other);
  });

  it('lets nothing be written under a key that was withdrawn first', async () => {
    const reports = reportFolder(folder);
    await reports.withdraw(key);
    await expect(reports.write('Supply agreement', report, key)).rejects.toMatchObject({ type: 'EffectUndone' });
    expect(await found()).toEqual([]);
  });

  it('leaves nothing of a report that is withdrawn while it is written', async () => {
    const reports = reportFolder(folder);
    const keys = Array.from({ length: 20 }, (_one, index) => `${10_000_000 + index}`);
    await Promise.all(
      keys.flatMap((each) => [
        reports.write('Supply agreement', report, each).catch(() => undefined),
        reports.withdraw(each),
      ]),
    );
    expect(await found()).toEqual([]);
  });
});
