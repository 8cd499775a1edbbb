import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CustomerCase, type CaseResult } from '../../src/contracts/customer-case';
import type { RunResult } from '../../src/contracts/outcome';
import type { Shop } from '../../src/contracts/shop';
import { startCustomerWorld, type CustomerWorld } from '../support/customer-world';
import { decideNext } from '../support/deciding';
import { parsed } from '../support/shop-world';

interface Expected {
  readonly about: string;
  readonly outcome: RunResult['outcome'];
  readonly value?: object;
  readonly failure?: object;
  /** The roles that are asked, in order; all approve. */
  readonly approvals?: readonly string[];
  /** What is otherwise afterwards; all other records are as they were. */
  readonly orders?: Readonly<Record<string, object>>;
  readonly users?: Readonly<Record<string, object>>;
  readonly mails?: readonly object[];
  readonly refunds?: readonly object[];
}

const folder = join(__dirname, '../../data/shop');
const names = readdirSync(join(folder, 'cases')).map((file) => file.replace(/\.json$/, ''));
const read = (kind: 'cases' | 'expected', name: string): unknown =>
  JSON.parse(readFileSync(join(folder, kind, `${name}.json`), 'utf8'));

let world: CustomerWorld;
beforeAll(async () => {
  world = await startCustomerWorld();
}, 60_000);
afterAll(() => world.stop());

async function workOn(given: CustomerCase, approvals: readonly string[]): Promise<RunResult<CaseResult>> {
  const handle = await world.start(given);
  for (const role of approvals) expect((await decideNext(handle, 'approve')).role).toBe(role);
  return handle.result();
}

/** The shop with the expected records in place of what they became. */
function as(shop: Shop, expected: Expected, from: Shop): Shop {
  const keep = <Kind extends 'orders' | 'users'>(kind: Kind) => ({
    ...shop[kind],
    ...Object.fromEntries(Object.keys(expected[kind] ?? {}).map((id) => [id, from[kind][id]])),
  });
  return { ...shop, orders: keep('orders'), users: keep('users') };
}

describe('the sample cases', () => {
  it('are each shipped with what is expected of them', () => {
    expect(names.length).toBeGreaterThanOrEqual(12);
    expect(readdirSync(join(folder, 'expected'))).toEqual(readdirSync(join(folder, 'cases')));
  });

  it.each(names)('%s comes to what is expected', async (name) => {
    const expected = read('expected', name) as Expected; // held here, by what follows
    await world.data.load(readFileSync(join(folder, 'shop.json'), 'utf8'));
    const initial = parsed(await world.data.dump());
    const before = await world.outside();
    const result = await workOn(CustomerCase.parse(read('cases', name)), expected.approvals ?? []);
    const { outcome, value, failure } = expected;
    expect(result).toMatchObject({ outcome, ...(value && { value }), ...(failure && { failure }) });
    const shop = parsed(await world.data.dump());
    expect(shop).toMatchObject({ orders: expected.orders ?? {}, users: expected.users ?? {} });
    expect(as(shop, expected, initial)).toEqual(initial);
    const after = await world.outside();
    const sent = after.messages.filter((mail) => !before.messages.some(({ id }) => id === mail.id));
    const settled = after.refunds.filter((refund) => !before.refunds.some(({ id }) => id === refund.id));
    expect(sent).toMatchObject(expected.mails ?? []);
    expect(settled).toMatchObject(expected.refunds ?? []);
  });
});
