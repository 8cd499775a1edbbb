import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const command = ['--import', 'tsx', join(__dirname, '../support/model-server/command.ts')];

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'counterpoint-model-server-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

function start(...words: readonly string[]) {
  const child = spawn(process.execPath, [...command, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const out: string[] = [];
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const first = new Promise<string>((resolve) => lines.once('line', resolve));
  lines.on('line', (line) => out.push(line));
  const ended = new Promise<{ readonly code: number | null; readonly out: string; readonly errors: string }>(
    (resolve) => {
      child.once('close', (code) => {
        resolve({ code, out: out.join('\n'), errors });
      });
    },
  );
  return { child, first, ended };
}

describe('the command', () => {
  it.each([
    ['no script', [], 'Expected one script, came 0.'],
    ['two scripts', ['a', 'b'], 'Expected one script, came 2.'],
    ['an unknown option', ['a', '--host', 'x'], "Unknown option '--host'"],
    ['a port that is none', ['a', '--port', '65536'], 'A port is a number from 0'],
    ['a file that is not there', ['none.yaml'], 'none.yaml cannot be read'],
  ])('refuses %s', async (_what, words, message) => {
    const { code, out, errors } = await start(...words).ended;
    expect([code, out]).toEqual([2, '']);
    expect(errors).toContain(message);
    expect(errors).not.toContain('    at ');
  });

  it('refuses a script that is none, naming what is wrong', async () => {
    const path = join(folder, 'script.yaml');
    await writeFile(path, 'rules: [{ replies: [{ contents: x }] }]');
    const { code, errors } = await start(path).ended;
    expect(code).toBe(2);
    expect(errors).toContain('Unrecognized key: "contents"');
  });

  it('prints its help', async () => {
    const { code, out } = await start('--help').ended;
    expect(code).toBe(0);
    expect(out).toContain('npm run model-server -- SCRIPT [--port N]');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('serves, prints a line per request, and ends on %s', async (signal) => {
    const path = join(folder, 'script.yaml');
    await writeFile(path, 'rules: [{ replies: [{ content: x }, { content: y, delayMs: 600000 }] }]');
    const { child, first, ended } = start(path);
    const [, url = ''] = /^OPENAI_BASE_URL=(http:.*\/v1)$/.exec(await first) ?? [];
    const body = JSON.stringify({ model: 'small', messages: [{ role: 'user', content: 'secret question' }] });
    const post = () => fetch(`${url}/chat/completions`, { method: 'POST', body });
    expect((await post()).status).toBe(200);
    const waiting = post().catch((error: unknown) => error);
    expect((await fetch(`${url}/models`)).status).toBe(200);
    child.kill(signal);
    const { code, out, errors } = await ended;
    expect([code, errors]).toEqual([0, '']);
    expect(out).toContain('#1 POST /v1/chat/completions small, 1 messages: 200 complete, rule 1 reply 1');
    expect(out).not.toContain('secret question');
    expect(String(await waiting)).toContain('TypeError');
  });
});
