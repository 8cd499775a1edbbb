import * as z from 'zod/mini';
import { failure } from '../../contracts/failures';
import type { ShopArguments, ShopOperation } from '../../contracts/shop-operations';
import { effectUndone } from '../effect-undone';
import type { Database, Query } from '../stores/database';
import { lockKey } from '../stores/lock-key';
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
 * gives the same answer and does nothing; a key that was undone is dead.
 *
 * @throws `OperationRefused` or `EffectUndone`, and then nothing is changed
 */
export function performOnce<Operation extends ShopOperation, Answer>(
  database: Database,
  write: ShopWrite<Operation, Answer>,
  { given, idempotencyKey }: { readonly given: ShopArguments<Operation>; readonly idempotencyKey: string },
): Promise<Answer> {
  return database.transaction(async (query) => {
    const known = await lockEffect(query, write, idempotencyKey);
    if (known?.state === 'undone') throw effectUndone(idempotencyKey);
    if (known !== undefined) return write.answer.parse(known.answer);
    const decided = await write.decide(query, given);
    await applyChanges(query, decided.changes);
    const answer = await decided.answer(query);
    await query(
      `insert into effects (idempotency_key, operation, state, answer, changes) values ($1, $2, 'done', $3, $4)`,
      [idempotencyKey, write.operation, JSON.stringify(answer), JSON.stringify(decided.changes)],
    );
    return answer;
  });
}

/**
 * Takes back what was performed under a key, exactly, and lets nothing be performed under it any more: also when it
 * never happened, since an attempt may still be on its way. That it was taken back already is fine.
 *
 * @throws `CompensationBlocked`, and then nothing is changed
 */
export function compensate<Operation extends ShopOperation, Answer>(
  database: Database,
  write: ShopWrite<Operation, Answer>,
  idempotencyKey: string,
): Promise<void> {
  return database.transaction(async (query) => {
    const known = await lockEffect(query, write, idempotencyKey);
    if (known?.state === 'undone') return;
    if (known !== undefined) await undoChanges(query, z.array(ShopChange).parse(known.changes));
    await query(
      `insert into effects (idempotency_key, operation, state, answer, changes) values ($1, $2, 'undone', 'null', '[]')
       on conflict (idempotency_key) do update set state = excluded.state, changed_at = now()`,
      [idempotencyKey, write.operation],
    );
  });
}

/** What stands under a key: the answer that was given, or nothing. Waits for whatever is under way under the key. */
export function lookUp<Operation extends ShopOperation, Answer>(
  database: Database,
  write: ShopWrite<Operation, Answer>,
  idempotencyKey: string,
): Promise<Answer | undefined> {
  return database.transaction(async (query) => {
    const known = await lockEffect(query, write, idempotencyKey);
    return known?.state === 'done' ? write.answer.parse(known.answer) : undefined;
  });
}

/** Reads the effect of a key, and keeps the key until the transaction ends. */
async function lockEffect(
  query: Query,
  write: { readonly operation: ShopOperation },
  idempotencyKey: string,
): Promise<EffectRow | undefined> {
  await lockKey(query, idempotencyKey);
  const [row] = await query<EffectRow>(
    'select operation, state, answer, changes from effects where idempotency_key = $1',
    [idempotencyKey],
  );
  if (row !== undefined && row.operation !== write.operation) throw reused(idempotencyKey, row, write);
  return row;
}

function reused(idempotencyKey: string, known: EffectRow, { operation }: { readonly operation: string }) {
  return failure(
    'InvalidInput',
    `The idempotency key was used for ${known.operation}, and now comes with ${operation}. Use a key of its own.`,
    { idempotencyKey },
  );
}
