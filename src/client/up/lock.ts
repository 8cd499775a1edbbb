import { link, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { failure } from '../../contracts/failures';
import type { DataFolder } from './data-folder';
import { isAlive, processIdentity } from './process-identity';
import { codeOf } from './reason';
import { temporaryNameOf, writeAtomically } from './write-atomically';

/** Who holds a lock: a process, told from later ones of the same number by its identity; `null` after a release. */
const Holder = z.strictObject({ pid: z.nullable(z.int().check(z.positive())), identity: z.nullable(z.string()) });
type Holder = z.infer<typeof Holder>;

interface LockFile {
  readonly generation: number;
  readonly holder: Holder | undefined;
}

/** An exclusive hold on something of a data folder. It ends with its process, released or not. */
export interface Lock {
  release(): Promise<void>;
}

/** What in a data folder is held: the right to bring things up, the embedded database, the outside systems' files. */
type Held = 'up' | 'database' | 'outside';

type Taking = { readonly taken: true; readonly lock: Lock } | { readonly taken: false; readonly ownerPid: number };

const attemptsMax = 100;
const lookEveryMs = 100;

/**
 * Takes an exclusive lock in a data folder, or says who has it.
 *
 * Lock files are numbered; the newest counts. A stale one is never removed to make room, which two processes could do
 * at once, one of them removing the other's fresh lock. It is superseded by the next number, which only one can create.
 */
export async function takeLock(folder: DataFolder, held: Held): Promise<Taking> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const newest = await newestLock(folder, held);
    const ownerPid = livingHolder(newest?.holder);
    if (ownerPid !== undefined) return { taken: false, ownerPid };
    const generation = (newest?.generation ?? 0) + 1;
    const path = lockPath(folder, held, generation);
    if (!(await createLock(path))) continue;
    // A process that read an old state may create a number that was used and tidied away since: a newer one then stands.
    if ((await newestLock(folder, held))?.generation !== generation) {
      await rm(path, { force: true });
      continue;
    }
    await removeOlderLocks(folder, held, generation);
    const released: Holder = { pid: null, identity: null };
    return { taken: true, lock: { release: () => writeAtomically(path, JSON.stringify(released)) } };
  }
  throw failure(
    'DataFolderUnusable',
    `The data folder ${folder.root} could not be claimed in ${attemptsMax} tries, because others kept claiming it. Try again.`,
    { dataFolder: folder.root },
  );
}

/** Takes a lock as soon as its holder lets go, or says who has it when that takes too long. */
export async function awaitLock(folder: DataFolder, held: Held, withinMs: number): Promise<Taking> {
  for (const deadline = Date.now() + withinMs; ;) {
    const taking = await takeLock(folder, held);
    if (taking.taken || Date.now() > deadline) return taking;
    await wait(lookEveryMs);
  }
}

/** The process that holds a lock of a data folder now, if any. */
export async function lockOwner(folder: DataFolder, held: Held): Promise<number | undefined> {
  return livingHolder((await newestLock(folder, held))?.holder);
}

function livingHolder(holder: Holder | undefined): number | undefined {
  if (holder?.pid == null || !isAlive(holder.pid)) return undefined;
  const identity = processIdentity(holder.pid);
  const isSame = holder.identity === null || identity === undefined || holder.identity === identity;
  return isSame ? holder.pid : undefined;
}

async function newestLock(folder: DataFolder, held: Held): Promise<LockFile | undefined> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const generation = Math.max(0, ...(await generations(folder, held)));
    if (generation === 0) return undefined;
    try {
      return { generation, holder: parseHolder(await readFile(lockPath(folder, held, generation), 'utf8')) };
    } catch (error) {
      // It was superseded and removed between the two reads.
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
  return undefined;
}

function parseHolder(text: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    // Lock files appear whole, so this one was damaged after its process, by a power cut for one.
    return undefined;
  }
}

/** Creates a lock file with its whole content in one step; `false` when the name is taken. */
async function createLock(path: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, identity: processIdentity(process.pid) ?? null };
  const temporary = temporaryNameOf(path);
  try {
    await writeFile(temporary, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
    await link(temporary, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function removeOlderLocks(folder: DataFolder, held: Held, generation: number): Promise<void> {
  for (const older of await generations(folder, held)) {
    if (older >= generation) continue;
    await unlink(lockPath(folder, held, older)).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
  }
}

async function generations(folder: DataFolder, held: Held): Promise<readonly number[]> {
  const prefix = prefixOf(held);
  const names = await readdir(folder.root).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  return names.flatMap((name) => {
    const digits = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    return /^\d{1,15}$/.test(digits) ? [Number(digits)] : [];
  });
}

function lockPath(folder: DataFolder, held: Held, generation: number): string {
  return join(folder.root, `${prefixOf(held)}${generation}`);
}

function prefixOf(held: Held): string {
  return `${held}.lock.`;
}
