/**
 * The cases of the service desk, by the key under which each was taken up. A case that was given up keeps its row: its
 * key is dead, and its case may be taken up under another.
 */
export const cases = [
  `create table cases (
    idempotency_key text primary key,
    case_id text not null,
    state text not null check (state in ('open', 'closed', 'givenUp')),
    summary text not null default '',
    changed_at timestamptz not null default now()
  )`,
  `create unique index cases_taken_up on cases (case_id) where state <> 'givenUp'`,
];
