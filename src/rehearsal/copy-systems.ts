import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { shopData } from '../activities/shop/shop-data';
import { copiedDatabase } from '../activities/stores/copied-database';
import type { SystemsCopies, SystemsSource } from '../contracts/rehearsal';

/**
 * Makes the systems to be copied: a database with this shop and nothing else in it, and an empty folder of reports.
 *
 * @throws `InvalidInput` when it is no shop, `DatabaseUnavailable`
 */
export async function copySystems({ folder, databaseUrl, shop }: SystemsSource): Promise<SystemsCopies> {
  const at = databaseUrl === undefined ? { folder: join(folder, 'databases') } : { url: databaseUrl };
  const database = await copiedDatabase(at, (opened) => shopData(opened, '').load(shop));
  let copies = 0;
  return {
    async make() {
      const reports = join(folder, `reports-${(copies += 1)}`);
      await mkdir(reports, { recursive: true, mode: 0o700 });
      const { place, remove } = await database.copy();
      return {
        place: { database: place, reports },
        async remove() {
          await remove();
          await rm(reports, { recursive: true, force: true });
        },
      };
    },
    remove: () => database.remove(),
  };
}
