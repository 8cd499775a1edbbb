import { effectUndone } from '../effect-undone';
import type { Database, Query } from '../stores/database';
import { lockKey } from '../stores/lock-key';
import { refused } from './refuse';

interface Taking {
  readonly caseId: string;
  readonly idempotencyKey: string;
}

type State = 'open' | 'closed' | 'givenUp';

/**
 * Takes a case up under a key: of two that come at the same moment one gets it. The same key again has it still.
 *
 * @throws `OperationRefused` (`caseTaken`) while another key has it, or once it was closed; `EffectUndone` under a key
 *   that gave it up
 */
export function openCase(database: Database, { caseId, idempotencyKey }: Taking): Promise<void> {
  return database.transaction(async (query) => {
    await lockKey(query, idempotencyKey);
    // Waits for whoever is just taking the same case up, and then inserts nothing.
    await query(`insert into cases (idempotency_key, case_id, state) values ($1, $2, 'open') on conflict do nothing`, [
      idempotencyKey,
      caseId,
    ]);
    const state = await stateOf(query, idempotencyKey);
    if (state === 'givenUp') throw effectUndone(idempotencyKey);
    if (state !== undefined) return;
    throw refused(
      'caseTaken',
      `Case ${caseId} is being worked on, or is settled, by another run. Look at that run, or give this case an id of its own.`,
      { caseId },
    );
  });
}

/** Whether the key has a case. Waits for whatever is under way under it. */
export function hasCase(database: Database, idempotencyKey: string): Promise<boolean> {
  return database.transaction(async (query) => {
    await lockKey(query, idempotencyKey);
    const state = await stateOf(query, idempotencyKey);
    return state === 'open' || state === 'closed';
  });
}

/** Gives a case up, so that another run may take it up; under this key it is never taken up again. */
export function giveUpCase(database: Database, { caseId, idempotencyKey }: Taking): Promise<void> {
  return database.transaction(async (query) => {
    await lockKey(query, idempotencyKey);
    await query(
      `insert into cases (idempotency_key, case_id, state) values ($1, $2, 'givenUp')
       on conflict (idempotency_key) do update set state = 'givenUp', changed_at = now()`,
      [idempotencyKey, caseId],
    );
  });
}

/** Closes a case that is open, with what came of it. A case that is closed stays as it is. */
export async function closeCase(
  database: Database,
  { caseId, summary }: { readonly caseId: string; readonly summary: string },
): Promise<void> {
  await database.query(
    `update cases set state = 'closed', summary = $2, changed_at = now() where case_id = $1 and state = 'open'`,
    [caseId, summary],
  );
}

async function stateOf(query: Query, idempotencyKey: string): Promise<State | undefined> {
  const [row] = await query<{ state: State }>('select state from cases where idempotency_key = $1', [idempotencyKey]);
  return row?.state;
}
