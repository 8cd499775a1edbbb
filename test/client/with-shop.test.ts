import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openShopDoor } from '../../src/client/shop-door';
import type { OpenedShop } from '../../src/client/with-shop';
import { withShop } from '../../src/client/with-shop';
import { dataFolder } from '../../src/client/up/data-folder';
import { takeLock } from '../../src/client/up/lock';
import type { Config } from '../../src/config';
import { failure } from '../../src/contracts/failures';
import type { ShopData } from '../../src/contracts/shop';
import { failureOf } from '../support/shop-world';

/** A shop that keeps one text, and says what was done to it. */
function textShop(name: string, log: string[]): OpenedShop {
  let text = name;
  const size = { products: 1, users: 2, orders: 3 };
  return {
    load: (json) => {
      if (json.startsWith('!')) return Promise.reject(failure('InvalidInput', 'The shop is wrong.'));
      text = json;
      return Promise.resolve(size);
    },
    dump: () => Promise.resolve(text),
    reset: () => {
      text = name;
      return Promise.resolve(size);
    },
    close: () => {
      log.push(`${name} closed`);
      return Promise.resolve();
    },
  };
}

describe('a command on the shop', () => {
  let root = '';
  const log: string[] = [];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'counterpoint-shop-'));
    log.length = 0;
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function onShop<Result>(work: (shop: ShopData) => Promise<Result>, databaseUrl?: string) {
    const config = { dataDir: root, databaseUrl } as Config; // the rest is of no concern here
    const project = {
      openShop: (place: object) => {
        log.push(JSON.stringify(place));
        return Promise.resolve(textShop('direct', log));
      },
    } as never;
    return withShop({ config, project }, work);
  }

  it('opens the embedded database when nothing has it, keeps others out meanwhile, and closes it', async () => {
    const folder = dataFolder(root);
    const [dump, up, database] = await onShop(async (shop) => [
      await shop.dump(),
      (await takeLock(folder, 'up')).taken,
      (await takeLock(folder, 'database')).taken,
    ]);
    expect([dump, up, database]).toEqual(['direct', false, false]);
    expect(log).toEqual([JSON.stringify({ folder: folder.database }), 'direct closed']);
    expect((await takeLock(folder, 'up')).taken).toBe(true);
    expect((await takeLock(folder, 'database')).taken).toBe(true);
  });

  it('closes the database and lets go of the folder when the work fails', async () => {
    await expect(onShop(() => Promise.reject(new Error('on purpose')))).rejects.toThrow('on purpose');
    expect(log.at(-1)).toBe('direct closed');
    expect((await takeLock(dataFolder(root), 'up')).taken).toBe(true);
  });

  it('uses the configured server and leaves the folder alone', async () => {
    const url = 'postgresql://localhost/shop';
    await takeLock(dataFolder(root), 'up');
    expect(await onShop((shop) => shop.dump(), url)).toBe('direct');
    expect(log).toEqual([JSON.stringify({ url }), 'direct closed']);
  });

  it('goes through the process that has the database open', async () => {
    await takeLock(dataFolder(root), 'up');
    const close = await openShopDoor(dataFolder(root), textShop('worker', log));
    const size = { products: 1, users: 2, orders: 3 };
    expect(await onShop((shop) => shop.dump())).toBe('worker');
    expect(await onShop((shop) => shop.load('{"é": "✓"}'))).toEqual(size);
    expect(await onShop((shop) => shop.dump())).toBe('{"é": "✓"}');
    expect(await onShop((shop) => shop.reset())).toEqual(size);
    expect(await onShop((shop) => shop.dump())).toBe('worker');
    await close();
    expect(log).toEqual([]);
  });

  it('is refused through that process as it would be directly', async () => {
    const close = await openShopDoor(dataFolder(root), textShop('worker', log));
    expect(await failureOf(onShop((shop) => shop.load('!')))).toBe('InvalidInput');
    await expect(onShop((shop) => shop.load('!'))).rejects.toThrow('The shop is wrong.');
    await close();
  });

  it('waits for a worker that is still opening the database', async () => {
    const lock = await takeLock(dataFolder(root), 'database');
    const dumped = onShop((shop) => shop.dump());
    const close = await openShopDoor(dataFolder(root), textShop('worker', log));
    expect(await dumped).toBe('worker');
    await close();
    expect(lock.taken).toBe(true);
  });

  it('does not mind the door of a process that was killed, or a file that is no door', async () => {
    const file = join(root, 'shop-door.json');
    writeFileSync(file, JSON.stringify({ pid: 2 ** 30, identity: null, port: 1, key: 'k' }));
    expect(await onShop((shop) => shop.dump())).toBe('direct');
    writeFileSync(file, JSON.stringify({ pid: process.pid, identity: 'another process', port: 1, key: 'k' }));
    expect(await onShop((shop) => shop.dump())).toBe('direct');
    writeFileSync(file, '{"pid":');
    expect(await onShop((shop) => shop.dump())).toBe('direct');
  });

  it('is not let in without the key, which only the folder’s owner can read', async () => {
    const shop = textShop('worker', log);
    const close = await openShopDoor(dataFolder(root), shop);
    const file = join(root, 'shop-door.json');
    const { port } = JSON.parse(readFileSync(file, 'utf8')) as { port: number };
    for (const authorization of ['', 'Bearer ', `Bearer ${'0'.repeat(64)}`]) {
      const answer = await fetch(`http://127.0.0.1:${port}/load`, {
        method: 'POST',
        headers: { authorization },
        body: 'x',
      });
      expect(answer.status).toBe(403);
    }
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(await shop.dump()).toBe('worker');
    await close();
    expect(await failureOf(onShop((opened) => opened.dump()))).toBe('no failure');
  });
});
