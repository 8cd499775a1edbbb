/** The register of reviewed contracts. Data folders from before there were migrations have it already. */
export const matters = [
  `create table if not exists matters (
    number bigint generated always as identity primary key,
    matter_id text generated always as ('M-' || lpad(number::text, 6, '0')) stored,
    idempotency_key text not null unique,
    contract text not null,
    contract_sha256 text not null,
    recommendation text not null,
    risks integer not null,
    gaps integer not null,
    signed_off_by text not null,
    filed_at timestamptz not null default now()
  )`,
];
