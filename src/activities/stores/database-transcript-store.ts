import type { Database } from './database';
import { transcriptStore, type TranscriptStore } from './transcript-store';

/** A transcript store in a PostgreSQL database: one row per node. */
export function databaseTranscriptStore({ query }: Pick<Database, 'query'>): TranscriptStore {
  return transcriptStore({
    async keep(hash, node) {
      await query(
        `insert into transcript_nodes (hash, node) values ($1, $2)
         on conflict (hash) do update set node = excluded.node where transcript_nodes.node <> excluded.node`,
        [hash, node],
      );
    },
    async read(hash) {
      const [kept] = await query<{ node: string }>('select node from transcript_nodes where hash = $1', [hash]);
      return kept?.node;
    },
    advice: 'Restore the table transcript_nodes from its backup.',
  });
}
