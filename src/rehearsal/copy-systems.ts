import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { shopData } from '../activities/shop/shop-data';
import { copiedDatabase } from '../activities/stores/copied-database';
import type { StartOutside, SystemsCopies, SystemsSource } from '../contracts/rehearsal';

/**
 * Makes the systems to be copied: a database with this shop and nothing else in it, an empty folder of reports, and a
 * payment provider and a mailer that nobody has asked for anything yet.
 *
 * @throws `InvalidInput` when it is no shop, `DatabaseUnavailable`
 */
export async function copySystems(
  { folder, databaseUrl, shop }: SystemsSource,
  startOutside: StartOutside,
): Promise<SystemsCopies> {
  const at = databaseUrl === undefined ? { folder: join(folder, 'databases') } : { url: databaseUrl };
  const database = await copiedDatabase(at, (opened) => shopData(opened, '').load(shop));
  let copies = 0;
  return {
    async make() {
      const own = join(folder, `systems-${(copies += 1)}`);
      const reports = join(own, 'reports');
      await mkdir(reports, { recursive: true, mode: 0o700 });
      const outside = await startOutside(own);
      const { place, remove } = await database.copy();
      return {
        place: { database: place, reports, outside: outside.place },
        async remove() {
          await outside.close();
          await remove();
          await rm(own, { recursive: true, force: true });
        },
      };
    },
    remove: () => database.remove(),
  };
}
