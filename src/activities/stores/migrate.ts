import { failure } from '../../contracts/failures';
import type { Database, Query } from './database';
import { migrations, type Migration } from './migrations';

/** Of workers that start at once on one server, one migrates and the others wait. Any number, but always the same. */
const migrationLock = 7_204_611;

/**
 * Brings a database's tables up to date: each migration once, in order, all or none.
 *
 * @throws `DatabaseUnavailable` when a newer version of the project has been at work on it
 */
export async function migrate(database: Database, known: readonly Migration[] = migrations): Promise<void> {
  await database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1)', [migrationLock]);
    await query(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    const applied = new Set((await query<{ name: string }>('select name from migrations')).map(({ name }) => name));
    const unknown = [...applied].filter((name) => !known.some((migration) => migration.name === name));
    if (unknown.length > 0) {
      throw failure(
        'DatabaseUnavailable',
        `The database was migrated by a newer version (${unknown.join(', ')}). Use that version, or another database.`,
        { unknown },
      );
    }
    for (const migration of known) if (!applied.has(migration.name)) await apply(query, migration);
  });
}

async function apply(query: Query, { name, statements }: Migration): Promise<void> {
  for (const statement of statements) await query(statement);
  await query('insert into migrations (name) values ($1)', [name]);
}
