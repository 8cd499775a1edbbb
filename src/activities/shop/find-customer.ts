import type { Customer } from '../../contracts/shop';
import type { ShopArguments } from '../../contracts/shop-operations';
import type { Query } from '../stores/database';
import { refused } from './refuse';

/** Finds the customer with an address of e-mail, ignoring case. Refuses unless there is exactly one. */
export async function findUserIdByEmail(query: Query, { email }: ShopArguments<'find_user_id_by_email'>) {
  const found = await query<FoundRow>('select user_id as "userId" from customers where email_folded = $1', [
    folded(email),
  ]);
  return onlyOne(found, 'this e-mail address');
}

/** Finds the customer with a name and postal code; names ignore case. Refuses unless there is exactly one. */
export async function findUserIdByNameZip(
  query: Query,
  { first_name, last_name, zip }: ShopArguments<'find_user_id_by_name_zip'>,
) {
  const name = foldedName({ first_name, last_name });
  const sql = 'select user_id as "userId" from customers where name_folded = $1 and zip = $2';
  return onlyOne(await query<FoundRow>(sql, [name, zip]), 'this name and postal code');
}

/** Text as it is compared when case does not count. Databases differ in how they fold, so it is done here. */
export function folded(text: string): string {
  return text.toLowerCase();
}

/** A first and a last name as one text; no part of one can pass for a part of the other. */
export function foldedName({ first_name, last_name }: Customer['name']): string {
  return folded(JSON.stringify([first_name, last_name]));
}

interface FoundRow {
  readonly userId: string;
}

function onlyOne(found: readonly FoundRow[], by: string): string {
  const [first, second] = found;
  if (first === undefined) throw refused('notFound', `There is no customer with ${by}. Ask for other particulars.`);
  // One of several would be a guess, and a customer could be shown another's orders.
  if (second !== undefined) {
    throw refused('ambiguous', `Several customers have ${by}. Identify the customer by e-mail address.`);
  }
  return first.userId;
}
