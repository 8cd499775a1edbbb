import type { Query } from './database';

/**
 * Holds an idempotency key until the transaction ends. Whoever else asks about the key waits, also before anything was
 * written under it: so no look-up and no undo overtakes an attempt that is still committing.
 */
export async function lockKey(query: Query, idempotencyKey: string): Promise<void> {
  await query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [idempotencyKey]);
}
