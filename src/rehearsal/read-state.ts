import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SystemsState } from '../contracts/systems-state';
import type { Query } from '../activities/stores/database';

/** Tables that record what was done, under which key, and not what is: they grow whatever comes of a run. */
const records = ['migrations', 'loaded_shop', 'effects', 'withdrawn_matters'];

interface TableRow {
  readonly name: string;
  /** Columns that the database fills in by itself: numbers, times, keys. */
  readonly own: readonly string[];
}

/**
 * Reads everything that a run can change: every row of every table, and every report. Left out are the records of what
 * was done, and of each row what the database numbers and dates itself, and the key: they differ between equal runs.
 */
export async function readState(query: Query, reports: string): Promise<SystemsState> {
  const lines = await Promise.all((await tablesOf(query)).map((table) => linesOf(query, table)));
  return [...lines.flat(), ...(await reportLines(reports))].sort();
}

function tablesOf(query: Query): Promise<TableRow[]> {
  return query<TableRow>(
    `select table_name as name,
       array_remove(array_agg(case when is_identity = 'YES' or is_generated = 'ALWAYS' or data_type like 'timestamp%'
         or column_name = 'idempotency_key' then column_name::text end), null) as own
     from information_schema.columns where table_schema = current_schema() and not table_name::text = any($1::text[])
     group by table_name order by table_name`,
    [records],
  );
}

async function linesOf(query: Query, { name, own }: TableRow): Promise<string[]> {
  const rows = await query<{ line: string }>(
    `select (to_jsonb(t) - $1::text[])::text as line from "${name}" t`, // a name that the catalogue gave
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
