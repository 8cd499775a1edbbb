import type { Matter } from '../../contracts/contract-review';
import type { Database } from './database';

export type NewMatter = Omit<Matter, 'matterId' | 'filedAt'>;

/** The register of reviewed contracts. Each operation is one statement, so it happens wholly or not at all. */
export interface Matters {
  /** Files a matter once per key: the same key again gives the matter that stands. */
  file(matter: NewMatter, idempotencyKey: string): Promise<Matter>;
  find(idempotencyKey: string): Promise<Matter | undefined>;
  /** Withdraws what was filed under the key; nothing is an answer too. */
  withdraw(idempotencyKey: string): Promise<void>;
}

const columns = `
  matter_id as "matterId", contract, contract_sha256 as "contractSha256", recommendation, risks, gaps,
  signed_off_by as "signedOffBy", to_char(filed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "filedAt"`;

export function openMatters(database: Database): Matters {
  async function find(idempotencyKey: string): Promise<Matter | undefined> {
    const rows = await database.query<Matter>(`select ${columns} from matters where idempotency_key = $1`, [
      idempotencyKey,
    ]);
    return rows[0];
  }

  return {
    find,
    async file({ contract, contractSha256, recommendation, risks, gaps, signedOffBy }, idempotencyKey) {
      const rows = await database.query<Matter>(
        `insert into matters (idempotency_key, contract, contract_sha256, recommendation, risks, gaps, signed_off_by)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (idempotency_key) do nothing returning ${columns}`,
        [idempotencyKey, contract, contractSha256, recommendation, risks, gaps, signedOffBy],
      );
      const filed = rows[0] ?? (await find(idempotencyKey));
      if (filed === undefined) throw new Error('Expected a matter under its key after filing.');
      return filed;
    },
    async withdraw(idempotencyKey) {
      await database.query('delete from matters where idempotency_key = $1', [idempotencyKey]);
    },
  };
}
