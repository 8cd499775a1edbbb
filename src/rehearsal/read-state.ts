import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { canonicalJson } from '../contracts/json';
import type { SystemsPlace } from '../contracts/rehearsal';
import type { SystemsState } from '../contracts/systems-state';
import type { Query } from '../activities/stores/database';

/** Tables that record what was done, under which key, and not what is: they grow whatever comes of a run. */
const records = ['migrations', 'loaded_shop', 'effects', 'withdrawn_matters'];
const listedWithinMs = 10_000;

const Records = z.array(z.record(z.string(), z.unknown()));
const Listing = z.object({ refunds: z.optional(Records), messages: z.optional(Records) });

interface TableRow {
  readonly name: string;
  /** Columns that the database fills in by itself: numbers, times, keys. */
  readonly own: readonly string[];
  /** Whether its rows go by the key that they were made under, and say what state that is in. */
  readonly keepsKeys: boolean;
}

/**
 * Reads everything that a run can change: every row of every table, every report, refund and message. Left out are the
 * records of what was done, and what systems number and date by themselves, and keys: they differ between equal runs.
 */
export async function readState(
  query: Query,
  { reports, outside }: Pick<SystemsPlace, 'reports' | 'outside'>,
): Promise<SystemsState> {
  const lines = await Promise.all([
    ...(await tablesOf(query)).map((table) => linesOf(query, table)),
    reportLines(reports),
    listed(outside.paymentProviderUrl, 'refunds'),
    listed(outside.mailerUrl, 'messages'),
  ]);
  return lines.flat().sort();
}

/** What a system of others lists, without the ids that it gave. */
async function listed(url: string, what: 'refunds' | 'messages'): Promise<string[]> {
  const response = await fetch(`${url}/v1/${what}`, { signal: AbortSignal.timeout(listedWithinMs) });
  const records = Listing.parse(await response.json())[what] ?? [];
  return records.map((record) => `${what} ${canonicalJson({ ...record, id: undefined })}`);
}

function tablesOf(query: Query): Promise<TableRow[]> {
  return query<TableRow>(
    `select table_name as name,
       array_remove(array_agg(case when is_identity = 'YES' or is_generated = 'ALWAYS' or data_type like 'timestamp%'
         or column_name = 'idempotency_key' then column_name::text end), null) as own,
       count(*) filter (where column_name in ('idempotency_key', 'state')) = 2 as "keepsKeys"
     from information_schema.columns where table_schema = current_schema() and not table_name::text = any($1::text[])
     group by table_name order by table_name`,
    [records],
  );
}

/** A row that was undone may be kept for its key, which is dead; it is no record any more. */
async function linesOf(query: Query, { name, own, keepsKeys }: TableRow): Promise<string[]> {
  const rows = await query<{ line: string }>(
    `select (to_jsonb(t) - $1::text[])::text as line from "${name}" t${keepsKeys ? ` where state <> all ('{undone,givenUp}')` : ''}`, // a name that the catalogue gave
    [own],
  );
  return rows.map(({ line }) => `${name} ${line}`);
}

async function reportLines(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  return Promise.all(
    names
      .filter((name) => !name.startsWith('.'))
      .map(async (name) => `report ${name} ${await readFile(join(folder, name), 'utf8')}`),
  );
}
