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

describe('the folder of reports', () => {
  it.each(['../../escape', '/etc/passwd', '..', '', 'a/b\\c', 'x'.repeat(400), '\u0000', '§'])(
    'keeps the report of %j inside',
    async (name) => {
      const { markdownPath, htmlPath } = await reportFolder(folder).write(name, report);
      expect([dirname(markdownPath), dirname(htmlPath)]).toEqual([folder, folder]);
      expect(await readdir(folder)).toHaveLength(2);
    },
  );

  it('writes both files whole, and again without a trace', async () => {
    const reports = reportFolder(join(folder, 'new'));
    const paths = await reports.write('Supply agreement', report);
    expect(await reports.write('Supply agreement', report)).toEqual(paths);
    expect(await readdir(join(folder, 'new'))).toEqual(['Supply-agreement.html', 'Supply-agreement.md']);
    expect(await readFile(paths.markdownPath, 'utf8')).toBe('# Report');
    expect(await readFile(paths.htmlPath, 'utf8')).toBe('<h1>Report</h1>');
    expect((await stat(paths.htmlPath)).mode & 0o777).toBe(0o600);
  });

  it('takes the same report many times at once', async () => {
    const reports = reportFolder(folder);
    await Promise.all(Array.from({ length: 10 }, () => reports.write('Supply agreement', report)));
    expect(await readdir(folder)).toHaveLength(2);
  });
});
