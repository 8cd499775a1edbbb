/** The keys under which no matter may be filed any more: it was withdrawn, or its withdrawal came first. */
export const withdrawnMatters = [
  `create table withdrawn_matters (
    idempotency_key text primary key,
    withdrawn_at timestamptz not null default now()
  )`,
];
