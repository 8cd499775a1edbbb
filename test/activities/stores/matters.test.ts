import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedDatabase } from '../../../src/activities/stores/embedded-database';
import { openMatters } from '../../../src/activities/stores/matters';
import { describeOnEachDatabase, failureOf } from '../../support/shop-world';

const matter = {
  ...{ contract: `O'Neil; drop table matters; --`, contractSha256: 'a'.repeat(64), signedOffBy: 'ada' },
  ...{ recommendation: 'negotiate' as const, risks: 2, gaps: 1 },
};

describe('the embedded database', () => {
  it('cannot be opened where no folder can be', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'matters-'));
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    await expect(openEmbeddedDatabase(join(file, 'database'))).rejects.toMatchObject({ type: 'DatabaseUnavailable' });
    await rm(folder, { recursive: true });
  });

  it('keeps what was filed and which keys are dead when it is opened again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'matters-'));
    const before = await openEmbeddedDatabase(join(folder, 'database'));
    await openMatters(before).file(matter, 'kept');
    await openMatters(before).withdraw('dead');
    await before.close();
    const after = await openEmbeddedDatabase(join(folder, 'database'));
    expect(await openMatters(after).find('kept')).toMatchObject({ contract: matter.contract });
    expect(await failureOf(openMatters(after).file(matter, 'dead'))).toBe('EffectUndone');
    await after.close();
    await rm(folder, { recursive: true });
  });
});

describeOnEachDatabase('the register of matters', (world) => {
  const matters = () => openMatters(world().database);
  const count = async () =>
    (await world().database.query<{ count: number }>('select count(*)::int as count from matters'))[0]?.count;
  beforeEach(() => world().database.query('truncate matters, withdrawn_matters'));

  it('finds nothing under a key that was never used', async () => {
    expect(await matters().find('never')).toBeUndefined();
  });

  it('refuses a late filing under a key that was withdrawn before anything was filed', async () => {
    await matters().withdraw('k');
    expect(await failureOf(matters().file(matter, 'k'))).toBe('EffectUndone');
    expect(await matters().find('k')).toBeUndefined();
    expect(await count()).toBe(0);
  });

  it('refuses to file again under a key that was withdrawn, and files under another', async () => {
    await matters().file(matter, 'k');
    await matters().withdraw('k');
    expect(await failureOf(matters().file(matter, 'k'))).toBe('EffectUndone');
    expect(await matters().file(matter, 'another')).toMatchObject(matter);
    expect(await count()).toBe(1);
  });

  it('holds nothing in the end, whichever of filing and withdrawing comes first', async () => {
    for (const key of ['r1', 'r2', 'r3', 'r4', 'r5']) {
      const file = () => failureOf(matters().file(matter, key));
      const results = await Promise.all([file(), file(), failureOf(matters().withdraw(key)), file(), file()]);
      for (const result of results) expect(result).toMatch(/^(no failure|EffectUndone)$/);
      expect(results[2]).toBe('no failure');
    }
    expect(await count()).toBe(0);
  });

  it('files once per key, also when asked twice at once', async () => {
    const [first, second] = await Promise.all([
      matters().file(matter, 'k'),
      matters().file({ ...matter, risks: 9 }, 'k'),
    ]);
    expect(second).toEqual(first);
    expect(await matters().file(matter, 'k')).toEqual(first);
    expect(await count()).toBe(1);
  });

  it('gives back what was filed, numbered and dated', async () => {
    await matters().file(matter, 'k');
    expect(await matters().find('k')).toEqual({
      ...matter,
      matterId: expect.stringMatching(/^M-\d{6}$/) as string,
      filedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
    });
  });

  it('withdraws exactly what was filed under the key, as often as it is asked to', async () => {
    await matters().file(matter, 'k1');
    await matters().file(matter, 'k2');
    await matters().withdraw('k1');
    await matters().withdraw('k1');
    expect(await matters().find('k1')).toBeUndefined();
    expect(await matters().find('k2')).toBeDefined();
  });
});
