import type { Pool } from 'pg';
import type { HistorySize } from '../../measure/history-size';

const tables = ['checkpoints', 'checkpoint_blobs', 'checkpoint_writes'] as const;

/** What a thread left in the checkpointer's tables: its rows, and their bytes as PostgreSQL stores them. */
export async function sizeOf(pool: Pool, threadId: string): Promise<HistorySize> {
  let events = 0;
  let bytes = 0;
  for (const table of tables) {
    const { rows } = await pool.query<{ readonly count: number; readonly bytes: number }>(
      `select count(*)::int as count, coalesce(sum(pg_column_size(one.*)), 0)::float8 as bytes
       from ${table} as one where thread_id = $1`,
      [threadId],
    );
    events += rows[0]?.count ?? 0;
    bytes += rows[0]?.bytes ?? 0;
  }
  return { events, bytes, longestEvents: events, executions: 1 };
}
