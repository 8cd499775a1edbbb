import type { Matter } from '../../contracts/contract-review';
import { effectUndone } from '../effect-undone';
import type { Database, Query } from './database';
import { lockKey } from './lock-key';

export type NewMatter = Omit<Matter, 'matterId' | 'filedAt'>;

/** The register of reviewed contracts. Each operation is one transaction, so it happens wholly or not at all. */
export interface Matters {
  /**
   * Files a matter once per key: the same key again gives the matter that stands.
   *
   * @throws `EffectUndone` under a key that was withdrawn
   */
  file(matter: NewMatter, idempotencyKey: string): Promise<Matter>;
  /** The matter that stands under the key. Waits for whatever is under way under it. */
  find(idempotencyKey: string): Promise<Matter | undefined>;
  /** Withdraws what was filed under the key, and lets nothing be filed under it any more; nothing is an answer too. */
  withdraw(idempotencyKey: string): Promise<void>;
}

const columns = `
  matter_id as "matterId", contract, contract_sha256 as "contractSha256", recommendation, risks, gaps,
  signed_off_by as "signedOffBy", to_char(filed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "filedAt"`;

export function openMatters(database: Database): Matters {
  return {
    file: (matter, idempotencyKey) =>
      database.transaction(async (query) => {
        await lockKey(query, idempotencyKey);
        const dead = await query('select 1 from withdrawn_matters where idempotency_key = $1', [idempotencyKey]);
        if (dead.length > 0) throw effectUndone(idempotencyKey);
        return (await read(query, idempotencyKey)) ?? (await insert(query, matter, idempotencyKey));
      }),
    find: (idempotencyKey) =>
      database.transaction(async (query) => {
        await lockKey(query, idempotencyKey);
        return read(query, idempotencyKey);
      }),
    withdraw: (idempotencyKey) =>
      database.transaction(async (query) => {
        await lockKey(query, idempotencyKey);
        await query('delete from matters where idempotency_key = $1', [idempotencyKey]);
        await query('insert into withdrawn_matters (idempotency_key) values ($1) on conflict do nothing', [
          idempotencyKey,
        ]);
      }),
  };
}

async function read(query: Query, idempotencyKey: string): Promise<Matter | undefined> {
  const [matter] = await query<Matter>(`select ${columns} from matters where idempotency_key = $1`, [idempotencyKey]);
  return matter;
}

async function insert(
  query: Query,
  { contract, contractSha256, recommendation, risks, gaps, signedOffBy }: NewMatter,
  idempotencyKey: string,
): Promise<Matter> {
  const [filed] = await query<Matter>(
    `insert into matters (idempotency_key, contract, contract_sha256, recommendation, risks, gaps, signed_off_by)
     values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
    [idempotencyKey, contract, contractSha256, recommendation, risks, gaps, signedOffBy],
  );
  if (filed === undefined) throw new Error('Expected the matter that was filed.');
  return filed;
}
