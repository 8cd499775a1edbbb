import { Pool, TypeOverrides, types as pgTypes, type PoolClient } from 'pg';
import { databaseUnavailable, safeInteger, type Database, type Query } from './database';
import { migrate } from './migrate';

const connectionsMax = 10;
const connectWithinMs = 10_000;
const statementWithinMs = 60_000;

/** SQLSTATE classes and codes after which the same work may succeed: nothing of it was done. */
const passing = ['08', '40', '53', '57P'];
const networkErrors = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN'];
const advice = 'Check DATABASE_URL and that the server is up.';

/**
 * Connects to a PostgreSQL server, and brings its tables up to date.
 *
 * @param url `postgresql://user:password@host:port/database`
 * @throws `DatabaseUnavailable`
 */
export async function openServerDatabase(url: string): Promise<Database> {
  const types = new TypeOverrides();
  types.setTypeParser(pgTypes.builtins.INT8, safeInteger);
  const pool = new Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: connectWithinMs,
    statement_timeout: statementWithinMs,
    application_name: 'counterpoint',
    types,
  });
  // A connection that breaks while nobody uses it is replaced at the next use, which says so if it cannot be.
  pool.on('error', () => undefined);
  const database: Database = {
    query: queryOf(pool),
    transaction: (work) => transact(pool, work),
    close: () => pool.end(),
  };
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await pool.end();
    throw isPassing(error) ? error : databaseUnavailable('The PostgreSQL server could not be used', error, advice);
  }
}

async function transact<Result>(pool: Pool, work: (query: Query) => Promise<Result>): Promise<Result> {
  const client = await connected(pool);
  const query = queryOf(client);
  let broken: Error | undefined;
  try {
    await query('begin');
    const result = await work(query);
    await query('commit');
    return result;
  } catch (error) {
    await query('rollback').catch((rollbackError: unknown) => {
      broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
    });
    throw error;
  } finally {
    // A connection that could not even roll back is closed, which rolls back at the server.
    client.release(broken);
  }
}

async function connected(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw databaseUnavailable('The PostgreSQL server could not be reached', error, advice);
  }
}

function queryOf(target: Pool | PoolClient): Query {
  return async <Row>(sql: string, parameters: readonly unknown[] = []) => {
    try {
      return (await target.query(sql, [...parameters])).rows as Row[]; // the caller's statement makes these rows
    } catch (error) {
      throw isPassing(error) ? databaseUnavailable('The PostgreSQL server did not answer', error, advice) : error;
    }
  };
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'DatabaseUnavailable') return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isCut = /connection terminated|timeout/i.test(error.message) && code === '';
  return isCut || networkErrors.includes(code) || passing.some((start) => code.startsWith(start));
}
