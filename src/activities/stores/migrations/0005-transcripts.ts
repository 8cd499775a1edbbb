/**
 * The nodes of transcripts, each under the SHA-256 of its canonical JSON. They are text, since the hash is of the text,
 * and since a `jsonb` cannot hold every string that a model may write.
 */
export const transcripts = [
  `create table transcript_nodes (
    hash text primary key,
    node text not null,
    stored_at timestamptz not null default now()
  )`,
];
