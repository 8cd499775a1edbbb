import { mkdir } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { failure } from '../../contracts/failures';

/** A PostgreSQL database. Parameters are always bound. */
export interface Database {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/**
 * Opens the embedded database of a data folder. One process owns it at a time.
 *
 * @throws `DatabaseUnavailable`
 */
export async function openEmbeddedDatabase(folder: string): Promise<Database> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const database = await PGlite.create(folder);
    return {
      query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
        (await database.query<Row>(sql, [...parameters])).rows,
      close: () => database.close(),
    };
  } catch (error) {
    throw failure(
      'DatabaseUnavailable',
      `The embedded database could not be opened: ${error instanceof Error ? error.message : String(error)} ` +
        'Check the data folder’s rights and space, and that no other worker uses it.',
    );
  }
}
