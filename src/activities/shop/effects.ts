import * as z from 'zod/mini';
import { failure } from '../../contracts/failures';
import type { ShopArguments, ShopOperation } from '../../contracts/shop-operations';
import type { Database, Query } from '../stores/database';
import { applyChanges, ShopChange, undoChanges } from './changes';

/** What an operation that was not refused does, and how its answer is read once that is done. */
export interface Decided<Answer> {
  readonly changes: readonly ShopChange[];
  readonly answer: (query: Query) => Promise<Answer>;
}

/** An operation that changes the shop. It locks and reads what it needs, and refuses or decides; it changes nothing. */
export interface ShopWrite<Operation extends ShopOperation, Answer> {
  readonly operation: Operation;
  readonly answer: z.ZodMiniType<Answer>;
  decide(query: Query, given: ShopArguments<Operation>): Promise<Decided<Answer>>;
}

interface EffectRow {
  readonly operation: string;
  readonly state: 'done' | 'undone';
  readonly answer: unknown;
  readonly changes: unknown;
}

/**
 * Performs an operation in one transaction with the record of it, so that both happen or neither. The same key again
 * gives the same answer and does nothing; a key that was undone may be performed anew.
 *
 * @throws `OperationRefused`, and then nothing is changed
 */
export function performOnce<Operation extends ShopOperation, Answer>(
  database: Database,
  write: ShopWrite<Operation, Answer>,
  { given, idempotencyKey }: { readonly given: ShopArguments<Operation>; readonly idempotencyKey: string },
): Promise<Answer> {
  return database.transaction(async (query) => {
    const known = await lockEffect(query, idempotencyKey);
    if (known !== undefined && known.operation !== write.operation) throw reused(idempotencyKey, known, write);
    if (known?.state === 'done') return write.answer.parse(known.answer);
    const decided = await write.decide(query, given);
    await applyChanges(query, decided.changes);
    const answer = await decided.answer(query);
    await query(
      `insert into effects (idempotency_key, operation, state, answer, changes) values ($1, $2, 'done', $3, $4)
       on conflict (idempotency_key) do update
       set state = excluded.state, answer = excluded.answer, changes = excluded.changes, changed_at = now()`,
      [idempotencyKey, write.operation, JSON.stringify(answer), JSON.stringify(decided.changes)],
    );
    return answer;
  });
}

/**
 * Takes back what was performed under a key, exactly. That it never happened, or was taken back already, is fine.
 *
 * @throws `CompensationBlocked`, and then nothing is changed
 */
export function compensate(database: Database, idempotencyKey: string): Promise<void> {
  return database.transaction(async (query) => {
    const known = await lockEffect(query, idempotencyKey);
    if (known?.state !== 'done') return;
    await undoChanges(query, z.array(ShopChange).parse(known.changes));
    await query(`update effects set state = 'undone', changed_at = now() where idempotency_key = $1`, [idempotencyKey]);
  });
}

/** What stands under a key: the answer that was given, or nothing. Waits for whatever is under way under the key. */
export function lookUp<Operation extends ShopOperation, Answer>(
  database: Database,
  write: ShopWrite<Operation, Answer>,
  idempotencyKey: string,
): Promise<Answer | undefined> {
  return database.transaction(async (query) => {
    const known = await lockEffect(query, idempotencyKey);
    return known?.state === 'done' ? write.answer.parse(known.answer) : undefined;
  });
}

/** Reads the effect of a key; whoever else asks about the key waits until this transaction ends, also before its first. */
async function lockEffect(query: Query, idempotencyKey: string): Promise<EffectRow | undefined> {
  await query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [idempotencyKey]);
  const [row] = await query<EffectRow>(
    'select operation, state, answer, changes from effects where idempotency_key = $1',
    [idempotencyKey],
  );
  return row;
}

function reused(idempotencyKey: string, known: EffectRow, { operation }: { readonly operation: string }) {
  return failure(
    'InvalidInput',
    `The idempotency key was used for ${known.operation}, and now comes with ${operation}. Use a key of its own.`,
    { idempotencyKey },
  );
}
