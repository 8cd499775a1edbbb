import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makePdf, paragraphs } from '../activities/documents/made-documents';
import { freePort } from '../../src/client/up/free-port';
import { install, processesOf, stop, untilUp, type Ended, type Installation, type Started } from './command-line';
import { completed, documentOf, filedIn, sample } from './review';

jest.setTimeout(180_000);

describe('what is wrong is said clearly', () => {
  let installation: Installation;
  let files: string;
  beforeAll(async () => {
    installation = await install();
    files = join(installation.folder, '..', 'files');
    await mkdir(files);
  });
  afterAll(async () => {
    expect(processesOf(installation.folder)).toEqual([]);
    await installation.remove();
  });

  async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
    await writeFile(join(files, name), content);
    return join(files, name);
  }

  function expectSaid(ended: Ended, exitCode: number, message: RegExp): void {
    expect(ended).toMatchObject({ exitCode, stdout: '', stderr: expect.stringMatching(message) as string });
    expect(ended.stderr).toMatch(/^error: /m);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
  }

  describe('before anything is brought up', () => {
    afterEach(async () => {
      expect(await readdir(installation.folder).catch(() => [])).not.toContain('temporal.db');
    });

    it.each<[what: string, exitCode: number, message: RegExp, words: string[]]>([
      ['an unknown command', 2, /unknown command 'reveiw'/, ['reveiw']],
      ['an unknown option', 2, /unknown option '--fast'/, ['run', 'contract-review', '--input', sample, '--fast']],
      ['a missing option', 2, /required option '--input <file>'/, ['run', 'contract-review']],
      [
        'an unknown process',
        2,
        /no process reveiw\. There are: contract-review, customer-operations\./,
        ['run', 'reveiw', '--input', sample],
      ],
      ['a missing file', 2, /cannot be read: ENOENT/, ['run', 'contract-review', '--input', '/nowhere/at-all.txt']],
      ['a folder as a file', 2, /is not a regular file/, ['run', 'contract-review', '--input', '/']],
      ['an unknown state', 2, /no state done\. There are: running, waiting/, ['runs', '--state', 'done']],
      ['a port that is none', 2, /A port is a number/, ['up', '--port', 'http']],
      ['a folder without histories', 2, /no histories \(\*\.json\) in \/nowhere/, ['replay', '/nowhere']],
    ])('%s ends with exit code %i', async (_what, exitCode, ...[message, words]) => {
      expectSaid(await installation.run(...words), exitCode, message);
    });

    it('JSON that is none, and JSON that does not fit, name what is wrong with them', async () => {
      const broken = await fileOf('broken.json', '{"document": ');
      expectSaid(
        await installation.run('run', 'contract-review', '--input', broken),
        2,
        /broken\.json is not valid JSON/,
      );
      const misfit = await fileOf('misfit.json', '{"document": "contract.txt"}');
      expectSaid(
        await installation.run('run', 'contract-review', '--input', misfit),
        2,
        /does not fit contractReview: document/,
      );
      const empty = await fileOf('empty.txt', '');
      expectSaid(await installation.run('run', 'contract-review', '--input', empty), 2, /empty\.txt is empty/);
    });

    it('a data folder below a regular file is named', async () => {
      const file = await fileOf('regular', 'a file');
      const ended = await installation.run('--data', join(file, 'data'), 'demo', '--yes');
      expectSaid(ended, 3, /The data folder .*regular\/data must be a folder that can be written, but: ENOTDIR/);
    });

    it('a configured server that nobody serves is named, by `up` as by the others', async () => {
      const TEMPORAL_ADDRESS = `127.0.0.1:${await freePort()}`;
      const commands = [['up'], ['runs'], ['run', 'contract-review', '--input', sample, '--wait']];
      const ended = await Promise.all(
        commands.map((words) => installation.startWith({ TEMPORAL_ADDRESS }, ...words).ended),
      );
      for (const one of ended)
        expectSaid(one, 3, new RegExp(`The Temporal server at ${TEMPORAL_ADDRESS} cannot be reached`));
    });

    it('an occupied port is named', async () => {
      const listener = createServer();
      await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
      const { port } = listener.address() as AddressInfo;
      for (const option of ['--port', '--ui-port']) {
        expectSaid(
          await installation.run('up', option, String(port)),
          3,
          new RegExp(`Port ${port} of 127\\.0\\.0\\.1`),
        );
      }
      listener.close();
    });

    it('the environment and the profile that do not fit are named', async () => {
      const wrong = await installation.startWith({ COUNTERPOINT_NOTIFY_URL: 'pigeon' }, 'runs').ended;
      expectSaid(wrong, 2, /COUNTERPOINT_NOTIFY_URL/);
      expectSaid(await installation.startWith({ TEMPORAL_PROFILE: 'nowhere' }, 'runs').ended, 2, /Profile 'nowhere'/);
    });
  });

  describe('while everything is up', () => {
    let up: Started;
    beforeAll(async () => {
      await mkdir(installation.folder, { recursive: true });
      // A record that is none must not keep anything from coming up.
      await writeFile(join(installation.folder, 'up.json'), '{"ownerPid": "me", ');
      up = installation.start('up');
      await untilUp(installation);
    });
    afterAll(async () => {
      expect(await stop(up)).toMatchObject({ exitCode: 0 });
    });

    function review(file: string): Promise<Ended> {
      return installation.run('run', 'contract-review', '--input', file, '--wait', '--yes', '--json');
    }

    it.each<[what: string, reason: RegExp, file: () => Promise<string>]>([
      [
        'garbage',
        /"garbage\.txt"/,
        () =>
          fileOf(
            'garbage.txt',
            Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 256),
          ),
      ],
      [
        'a contract of 5 MB',
        /at most 600000 can be reviewed/,
        async () => fileOf('long.txt', (await readFile(sample, 'utf8')).repeat(200).slice(0, 5_000_000)),
      ],
      [
        'an encrypted PDF',
        /encrypted/i,
        async () => {
          const secret = await makePdf((pdf) => pdf.text(paragraphs.join('\n')), {
            userPassword: 'secret',
          });
          return fileOf('secret.pdf', secret);
        },
      ],
      [
        'a PDF without text',
        /Cannot read "scan\.pdf"/,
        async () => fileOf('scan.pdf', await makePdf((pdf) => pdf.rect(50, 50, 300, 300).fill('grey'))),
      ],
    ])('%s is refused as unreadable, and the run ends with nothing done', async (_what, reason, file) => {
      const ended = await review(await file());
      expect(ended.exitCode).toBe(12);
      expect(documentOf(ended)).toMatchObject({
        outcome: 'rolledBack',
        failure: { type: 'DocumentUnreadable', message: expect.stringMatching(reason) as string },
      });
      expect(ended.stderr).not.toMatch(/^\s+at /m);
    });

    it('a text in which nothing is found is reviewed, and the report says what is missing', async () => {
      const verse =
        'The river runs below the hill and all the children sing until the evening comes to call them home again. ';
      const ended = await review(await fileOf('poem.txt', verse.repeat(12)));
      expect(ended.exitCode).toBe(0);
      const { value } = completed(ended);
      expect(value).toMatchObject({ clausesFound: 0, categoriesFound: 0, risks: 0, contract: 'poem.txt' });
      expect(value.gaps).toBeGreaterThan(5);
      expect(await readFile(value.report.htmlPath, 'utf8')).toContain('No risk was found.');
    });

    it('a hostile name of a contract moves no cursor and leaves the reports where they belong', async () => {
      const name = '\u001b[2J..\u0007 <img src=x>\u202e.txt';
      const ended = await installation.run(
        'run',
        'contract-review',
        '--wait',
        '--yes',
        '--input',
        await fileOf(name, await readFile(sample)),
      );
      expect(ended.exitCode).toBe(0);
      // eslint-disable-next-line no-control-regex -- none of these may be printed
      expect(`${ended.stdout}${ended.stderr}`).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
      expect(/htmlPath: (.*)/.exec(ended.stdout)?.[1]).toContain(join(installation.folder, 'reports'));
    });
  });

  it('and nothing was filed but what was reviewed', async () => {
    expect((await filedIn(installation)).map(({ contract }) => contract.slice(-8))).toEqual([
      'poem.txt',
      expect.any(String),
    ]);
  });
});
