import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DataFolder } from './data-folder';
import { isAlive, processIdentity } from './process-identity';
import { writeAtomically } from './write-atomically';

const lookEveryMs = 100;

/** Says that this process uses what another brought up in a data folder. Returns how to leave. */
export async function becomeGuest(folder: DataFolder): Promise<() => Promise<void>> {
  const guests = guestsOf(folder);
  await mkdir(guests, { recursive: true, mode: 0o700 });
  const own = join(guests, String(process.pid));
  await writeAtomically(own, processIdentity(process.pid) ?? '');
  return () => rm(own, { force: true });
}

/**
 * Waits until no other living process uses what this one brought up.
 *
 * @param onWaiting called with their number, whenever it changes
 * @param signal ends the waiting
 */
export async function untilGuestsLeft(
  folder: DataFolder,
  onWaiting: (guests: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let said = 0; signal?.aborted !== true;) {
    const guests = await livingGuests(folder);
    if (guests === 0) return;
    if (guests !== said) onWaiting(guests);
    said = guests;
    await wait(lookEveryMs);
  }
}

/** How many other living processes use what is up in a data folder. */
export async function livingGuests(folder: DataFolder): Promise<number> {
  const names = await readdir(guestsOf(folder)).catch((): string[] => []);
  const living = await Promise.all(names.map((name) => isLivingGuest(folder, name)));
  return living.filter(Boolean).length;
}

/** A process that died as a guest leaves its file; another that got its number later is no guest. */
async function isLivingGuest(folder: DataFolder, name: string): Promise<boolean> {
  if (!/^\d{1,15}$/.test(name) || !isAlive(Number(name))) return false;
  const identity = await readFile(join(guestsOf(folder), name), 'utf8').catch(() => undefined);
  return identity !== undefined && (processIdentity(Number(name)) ?? '') === identity;
}

function guestsOf(folder: DataFolder): string {
  return join(folder.root, 'guests');
}
