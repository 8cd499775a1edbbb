/** Where an order goes, and where a customer lives. */
const address = `
    address1 text not null, address2 text not null, city text not null,
    state text not null, country text not null, zip text not null`;

/**
 * The shop. Money is whole cents; `position` keeps the order of lists. An order's lines say what was sold, and stay as
 * they are when the catalogue changes. Names and addresses of e-mail are also kept folded, so that both kinds of
 * database find them alike.
 */
export const shop = [
  `create table customers (
    user_id text primary key,
    first_name text not null, last_name text not null, email text not null,
    name_folded text not null, email_folded text not null,${address}
  )`,
  'create index customers_by_email on customers (email_folded)',
  'create index customers_by_name on customers (name_folded, zip)',
  `create table payment_methods (
    user_id text not null references customers on delete cascade,
    payment_method_id text not null,
    source text not null check (source in ('credit_card', 'paypal', 'gift_card')),
    brand text, last_four text,
    balance_cents bigint check (balance_cents >= 0),
    primary key (user_id, payment_method_id),
    check ((source = 'gift_card') = (balance_cents is not null)),
    check ((source = 'credit_card') = (brand is not null and last_four is not null))
  )`,
  'create table products (product_id text primary key, name text not null)',
  `create table variants (
    item_id text primary key,
    product_id text not null references products on delete cascade,
    options jsonb not null,
    is_available boolean not null,
    price_cents bigint not null check (price_cents >= 0)
  )`,
  'create index variants_of_product on variants (product_id)',
  `create table orders (
    order_id text primary key,
    user_id text not null references customers on delete cascade,
    position integer not null,${address},
    status text not null,
    cancel_reason text,
    return_items text[],
    return_payment_method_id text,
    exchange_items text[],
    exchange_new_items text[],
    exchange_payment_method_id text,
    exchange_price_difference_cents bigint,
    unique (user_id, position)
  )`,
  `create table order_items (
    order_id text not null references orders on delete cascade,
    position integer not null,
    item_id text not null, product_id text not null, name text not null,
    price_cents bigint not null check (price_cents >= 0),
    options jsonb not null,
    primary key (order_id, position)
  )`,
  `create table fulfilments (
    order_id text not null references orders on delete cascade,
    position integer not null,
    tracking_ids text[] not null, item_ids text[] not null,
    primary key (order_id, position)
  )`,
  `create table payments (
    order_id text not null references orders on delete cascade,
    position integer not null,
    kind text not null check (kind in ('payment', 'refund')),
    amount_cents bigint not null check (amount_cents >= 0),
    payment_method_id text not null,
    primary key (order_id, position)
  )`,
  `create table effects (
    idempotency_key text primary key,
    operation text not null,
    state text not null check (state in ('done', 'undone')),
    answer jsonb not null,
    changes jsonb not null,
    changed_at timestamptz not null default now()
  )`,
  `create table hand_offs (
    number bigint generated always as identity primary key,
    idempotency_key text not null unique,
    summary text not null,
    handed_off_at timestamptz not null default now()
  )`,
  `create table loaded_shop (
    is_the_one boolean primary key default true check (is_the_one),
    document text not null
  )`,
];
