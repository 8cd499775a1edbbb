import type { Database } from '../stores/database';

/**
 * Hands a case to a person: enters it in the list that people work through. The same key again is the same hand-off.
 *
 * @returns its number, such as `H-000001`
 */
export async function handOff(
  database: Database,
  { summary, idempotencyKey }: { readonly summary: string; readonly idempotencyKey: string },
): Promise<string> {
  const [row] = await database.query<{ handOff: string }>(
    `insert into hand_offs (idempotency_key, summary) values ($1, $2)
     on conflict (idempotency_key) do update set idempotency_key = excluded.idempotency_key
     returning 'H-' || lpad(number::text, 6, '0') as "handOff"`,
    [idempotencyKey, summary],
  );
  if (row === undefined) throw new Error('Expected the hand-off that was entered.');
  return row.handOff;
}
