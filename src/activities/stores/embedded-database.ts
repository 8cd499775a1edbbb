import { mkdir } from 'node:fs/promises';
import { PGlite, types, type Transaction } from '@electric-sql/pglite';
import { databaseUnavailable, safeInteger, type Database, type Query } from './database';
import { migrate } from './migrate';

/**
 * Opens the embedded database of a data folder, and brings its tables up to date. One process owns it at a time.
 *
 * @param folder PGlite's own folder; without one the database is in memory and ends when it is closed
 * @throws `DatabaseUnavailable`
 */
export async function openEmbeddedDatabase(folder?: string): Promise<Database> {
  const pglite = await open(folder);
  const database: Database = {
    query: queryOf(pglite),
    transaction: (work) => pglite.transaction((transaction) => work(queryOf(transaction))),
    close: () => pglite.close(),
  };
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await pglite.close();
    throw error;
  }
}

async function open(folder: string | undefined): Promise<PGlite> {
  const options = { parsers: { [types.INT8]: safeInteger } };
  try {
    if (folder === undefined) return await PGlite.create(options);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await PGlite.create(folder, options);
  } catch (error) {
    throw databaseUnavailable(
      'The embedded database could not be opened',
      error,
      'Check the data folder’s rights and space, and that no other worker uses it.',
    );
  }
}

function queryOf(target: PGlite | Transaction): Query {
  return async <Row>(sql: string, parameters: readonly unknown[] = []) =>
    (await target.query<Row>(sql, [...parameters])).rows;
}
