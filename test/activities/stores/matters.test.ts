import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../../src/activities/stores/database';
import { openEmbeddedDatabase } from '../../../src/activities/stores/embedded-database';
import { openMatters, type Matters } from '../../../src/activities/stores/matters';

let folder: string;
let database: Database;
let matters: Matters;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matters-'));
  database = await openEmbeddedDatabase(join(folder, 'database'));
  matters = openMatters(database);
});

afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const matter = {
  ...{ contract: `O'Neil; drop table matters; --`, contractSha256: 'a'.repeat(64), signedOffBy: 'ada' },
  ...{ recommendation: 'negotiate' as const, risks: 2, gaps: 1 },
};
const rows = () => database.query<{ count: number }>('select count(*)::int as count from matters');

describe('the register of matters', () => {
  it('cannot be opened where no folder can be', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    await expect(openEmbeddedDatabase(join(file, 'database'))).rejects.toMatchObject({ type: 'DatabaseUnavailable' });
  });

  it('finds nothing under a key that was never used, and withdraws it without complaint', async () => {
    await expect(matters.withdraw('never')).resolves.toBeUndefined();
    expect(await matters.find('never')).toBeUndefined();
  });

  it('files once per key, also when asked twice at once', async () => {
    const [first, second] = await Promise.all([
      matters.file(matter, 'k1'),
      matters.file({ ...matter, risks: 9 }, 'k1'),
    ]);
    expect(second).toEqual(first);
    expect(await matters.file(matter, 'k1')).toEqual(first);
    expect(await rows()).toEqual([{ count: 1 }]);
  });

  it('gives back what was filed, numbered and dated', async () => {
    expect(await matters.find('k1')).toEqual({
      ...matter,
      matterId: expect.stringMatching(/^M-\d{6}$/) as string,
      filedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
    });
  });

  it('withdraws exactly what was filed under the key, as often as it is asked to', async () => {
    await matters.file(matter, 'k2');
    await matters.withdraw('k1');
    await matters.withdraw('k1');
    expect(await matters.find('k1')).toBeUndefined();
    expect(await matters.find('k2')).toBeDefined();
  });

  it('keeps what was filed when it is opened again', async () => {
    expect(await openMatters(database).find('k2')).toMatchObject({ contract: matter.contract });
  });
});
