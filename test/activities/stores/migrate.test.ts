import { migrate } from '../../../src/activities/stores/migrate';
import { migrations } from '../../../src/activities/stores/migrations';
import { openMatters } from '../../../src/activities/stores/matters';
import { describeOnEachDatabase, failureOf } from '../../support/shop-world';

describeOnEachDatabase('migrations', (world) => {
  it('are refused when a newer version has been at work', async () => {
    const older = migrations.slice(0, -1);
    expect(await failureOf(migrate(world().database, older))).toBe('DatabaseUnavailable');
  });

  it('leave nothing behind when one of them fails', async () => {
    const broken = [
      ...migrations,
      { name: '9998-fine', statements: ['create table half_done (id integer)'] },
      { name: '9999-broken', statements: ['create table nonsense ('] },
    ];
    await expect(migrate(world().database, broken)).rejects.toThrow();
    const tables = await world().database.query(`select 1 from pg_tables where tablename = 'half_done'`);
    expect(tables).toEqual([]);
    await migrate(world().database);
  });

  it('are applied once, in order, also by several at once', async () => {
    const more = [...migrations, { name: '9000-more', statements: ['create table more (id integer)'] }];
    await Promise.all([1, 2, 3].map(() => migrate(world().database, more)));
    const applied = await world().database.query<{ name: string }>('select name from migrations order by name');
    expect(applied.map(({ name }) => name)).toEqual(more.map(({ name }) => name));
  });

  it('keep a table of matters that was there before there were migrations', async () => {
    const { database } = world();
    const matters = openMatters(database);
    const about = {
      contract: 'c',
      contractSha256: 'f',
      recommendation: 'sign' as const,
      risks: 1,
      gaps: 0,
      signedOffBy: 'x',
    };
    const filed = await matters.file(about, 'k');
    await database.query('delete from migrations');
    await database.query('drop table if exists more');
    await expect(migrate(database, migrations.slice(0, 1))).resolves.toBeUndefined();
    expect(await matters.file(about, 'k')).toEqual(filed);
    await matters.withdraw('k');
    expect(await matters.find('k')).toBeUndefined();
  });
});

describeOnEachDatabase('a transaction', (world) => {
  it('that throws leaves nothing, and one that returns leaves all', async () => {
    const { database } = world();
    await database.query('create table notes (text text)');
    const work = database.transaction(async (query) => {
      await query('insert into notes values ($1)', ['lost']);
      throw new Error('on purpose');
    });
    await expect(work).rejects.toThrow('on purpose');
    await database.transaction((query) => query('insert into notes values ($1)', ['kept']));
    expect(await database.query('select text from notes')).toEqual([{ text: 'kept' }]);
  });

  it('gives whole numbers of 64 bits as numbers, and refuses those that would lose digits', async () => {
    const { database } = world();
    expect(await database.query('select 9007199254740991::bigint as n')).toEqual([{ n: 9_007_199_254_740_991 }]);
    await expect(database.query('select 9007199254740993::bigint as n')).rejects.toThrow('Expected an integer');
  });
});
