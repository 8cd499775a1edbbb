import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cornerShop } from '../support/corner-shop';
import { sampleFile } from '../support/shop-world';

const program = join(__dirname, '../../dist/counterpoint.js');

/** The command line needs the compiled project, as `npm ci` leaves it. */
describe('counterpoint data', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterpoint-data-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function data(
    ...words: string[]
  ): Promise<{ readonly exitCode: number; readonly out: string; readonly err: string }> {
    const env = { ...process.env, DATABASE_URL: '' };
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [program, '--data', join(folder, 'data'), 'data', ...words],
        { env, maxBuffer: 64 * 1024 * 1024 },
        (error, out, err) => {
          resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, out, err });
        },
      );
    });
  }

  it('refuses a file that is missing, is no shop, or is no text, and says so', async () => {
    expect(existsSync(program)).toBe(true);
    const file = join(folder, 'bad.json');
    expect(await data('load', '--from', file)).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(/cannot be read/) as string,
    });
    writeFileSync(file, '{"users": {}}');
    expect(await data('load', '--from', file)).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(/not a shop/) as string,
    });
    writeFileSync(file, Buffer.from([0x22, 0xff, 0x22]));
    expect(await data('load', '--from', file)).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(/cannot be read/) as string,
    });
  }, 60_000);

  it('begins with the shipped shop, loads another, dumps it, and resets it', async () => {
    const sample = JSON.parse(readFileSync(sampleFile, 'utf8')) as object;
    expect(JSON.parse((await data('dump')).out)).toEqual(sample);
    const file = join(folder, 'shop.json');
    writeFileSync(file, JSON.stringify(cornerShop));
    expect((await data('load', '--from', file)).out).toBe('loaded: 2 products, 2 customers, 5 orders\n');
    expect(JSON.parse((await data('dump')).out)).toEqual(cornerShop);
    expect(JSON.parse((await data('reset', '--json')).out)).toEqual({ products: 2, users: 2, orders: 5 });
  }, 60_000);
});
