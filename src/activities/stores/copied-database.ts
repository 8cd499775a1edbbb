import { randomBytes } from 'node:crypto';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { databaseUnavailable, type Database } from './database';
import { openEmbeddedDatabase } from './embedded-database';
import { openServerDatabase } from './server-database';

/** Where a database is: an embedded one in a folder, or one on a server. */
export type DatabasePlace = { readonly folder: string } | { readonly url: string };

/** A database that was filled once, and copies of it, each of its own. */
export interface CopiedDatabase {
  copy(): Promise<{ readonly place: DatabasePlace; readonly remove: () => Promise<void> }>;
  /** Removes the original. */
  remove(): Promise<void>;
}

/**
 * Makes a database to be copied: on the server, in databases of their own beside the one that the address names, which
 * is not touched; or in folders.
 *
 * @throws `DatabaseUnavailable` when the server does not let databases be created
 */
export async function copiedDatabase(
  at: DatabasePlace,
  fill: (database: Database) => Promise<unknown>,
): Promise<CopiedDatabase> {
  return 'url' in at ? copiedOnServer(at.url, fill) : copiedInFolder(at.folder, fill);
}

async function copiedInFolder(folder: string, fill: (database: Database) => Promise<unknown>): Promise<CopiedDatabase> {
  const original = join(folder, 'original');
  await fillAndClose(await openEmbeddedDatabase(original), fill);
  let copies = 0;
  const removed = (path: string) => () => rm(path, { recursive: true, force: true, maxRetries: 3 });
  return {
    async copy() {
      const path = join(folder, `copy-${(copies += 1)}`);
      await cp(original, path, { recursive: true });
      return { place: { folder: path }, remove: removed(path) };
    },
    remove: removed(original),
  };
}

async function copiedOnServer(url: string, fill: (database: Database) => Promise<unknown>): Promise<CopiedDatabase> {
  const name = `counterpoint_rehearsal_${randomBytes(6).toString('hex')}`;
  const drop = (database: string) => () => atServer(url, `drop database if exists ${database} with (force)`);
  await atServer(url, `create database ${name}`);
  try {
    await fillAndClose(await openServerDatabase(sibling(url, name)), fill);
  } catch (error) {
    await drop(name)();
    throw error;
  }
  let copies = 0;
  // A database is copied by one at a time.
  let last: Promise<unknown> = Promise.resolve();
  return {
    async copy() {
      const copied = `${name}_${(copies += 1)}`;
      const creation = last.then(() => atServer(url, `create database ${copied} template ${name}`));
      last = creation.catch(() => undefined);
      await creation;
      return { place: { url: sibling(url, copied) }, remove: drop(copied) };
    },
    remove: drop(name),
  };
}

async function fillAndClose(database: Database, fill: (database: Database) => Promise<unknown>): Promise<void> {
  try {
    await fill(database);
  } finally {
    await database.close();
  }
}

function sibling(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

async function atServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'counterpoint' });
  try {
    await client.connect();
    await client.query(statement);
  } catch (error) {
    const advice = 'Check DATABASE_URL, and that its user may create databases.';
    throw databaseUnavailable('A database of its own could not be had', error, advice);
  } finally {
    await client.end().catch(() => undefined);
  }
}
