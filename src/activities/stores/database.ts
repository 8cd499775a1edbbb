import { failure } from '../../contracts/failures';

/** Sends one statement; its parameters are always bound. `bigint` columns come as numbers, JSON and arrays as values. */
export type Query = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/** A PostgreSQL database: the embedded one or a server, with the same statements. */
export interface Database {
  readonly query: Query;
  /** Does work in one transaction: all of it stands when it returns, and none of it when it throws. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  readonly close: () => Promise<void>;
}

/** A `bigint` of the database as a number; more than that can hold exactly is a programmer's error. */
export function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`Expected an integer that a number can hold, got ${text}.`);
  return value;
}

/** That a database cannot be had now. */
export function databaseUnavailable(what: string, error: unknown, advice: string) {
  const why = error instanceof Error ? error.message || error.name : String(error);
  return failure('DatabaseUnavailable', `${what}: ${why.replace(/\.$/, '')}. ${advice}`);
}
