import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config';
import { failure } from '../contracts/failures';
import type { ShopData } from '../contracts/shop';
import type { Context } from './session';
import { findShopDoor } from './shop-door';
import { openDataFolder, type DataFolder } from './up/data-folder';
import { takeLock } from './up/lock';

/** A shop on a database that this process has opened. */
export interface OpenedShop extends ShopData {
  close(): Promise<void>;
}

/** Where a shop is kept: on a PostgreSQL server, or in an embedded database. */
export type ShopPlace = { readonly url: string } | { readonly folder: string };

const openWithinMs = 60_000;
const lookEveryMs = 100;

/**
 * Works on the shop: on the PostgreSQL server that is configured, through the worker that has the embedded database
 * open, or on the database itself when nothing has it.
 *
 * @throws `DatabaseUnavailable` when a process keeps the database and does not let others reach it
 */
export async function withShop<Result>(
  { config, project }: Pick<Context, 'config' | 'project'>,
  work: (shop: ShopData) => Promise<Result>,
): Promise<Result> {
  const { databaseUrl } = config;
  if (databaseUrl !== undefined) return workAndClose(await project.openShop({ url: databaseUrl }), work);
  const folder = await openDataFolder(config.dataDir);
  for (const deadline = Date.now() + openWithinMs; ;) {
    const offered = await findShopDoor(folder);
    if (offered !== undefined) return work(offered);
    const held = await holdFolder(folder);
    if (held.isHeld) {
      try {
        return await workAndClose(await project.openShop({ folder: folder.database }), work);
      } finally {
        await held.release();
      }
    }
    if (Date.now() > deadline) throw kept(config, held.ownerPid);
    await wait(lookEveryMs);
  }
}

type Hold =
  | { readonly isHeld: true; readonly release: () => Promise<void> }
  | { readonly isHeld: false; readonly ownerPid: number };

/** Keeps others from bringing up a worker, and from opening the database, for as long as this takes. */
async function holdFolder(folder: DataFolder): Promise<Hold> {
  const up = await takeLock(folder, 'up');
  if (!up.taken) return { isHeld: false, ownerPid: up.ownerPid };
  const database = await takeLock(folder, 'database');
  if (!database.taken) {
    await up.lock.release();
    return { isHeld: false, ownerPid: database.ownerPid };
  }
  return {
    isHeld: true,
    async release() {
      await database.lock.release();
      await up.lock.release();
    },
  };
}

async function workAndClose<Result>(shop: OpenedShop, work: (shop: ShopData) => Promise<Result>): Promise<Result> {
  try {
    return await work(shop);
  } finally {
    await shop.close();
  }
}

function kept({ dataDir }: Config, ownerPid: number) {
  return failure(
    'DatabaseUnavailable',
    `Process ${ownerPid} keeps the database in ${dataDir} and does not let other commands reach it. End it, and try again.`,
    { ownerPid },
  );
}
