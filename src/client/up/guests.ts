import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DataFolder } from './data-folder';
import { isAlive } from './process-identity';

const lookEveryMs = 100;

/** Says that this process uses what another brought up in a data folder. Returns how to leave. */
export async function becomeGuest(folder: DataFolder): Promise<() => Promise<void>> {
  const guests = guestsOf(folder);
  await mkdir(guests, { recursive: true, mode: 0o700 });
  const own = join(guests, String(process.pid));
  await writeFile(own, '', { mode: 0o600 });
  return () => rm(own, { force: true });
}

/** Waits until no other living process uses what this one brought up. */
export async function untilGuestsLeft(folder: DataFolder, onWaiting: (guests: number) => void): Promise<void> {
  for (let said = 0; ;) {
    const guests = await livingGuests(folder);
    if (guests === 0) return;
    if (guests !== said) onWaiting(guests);
    said = guests;
    await wait(lookEveryMs);
  }
}

async function livingGuests(folder: DataFolder): Promise<number> {
  const names = await readdir(guestsOf(folder)).catch((): string[] => []);
  return names.filter((name) => isAlive(Number(name))).length;
}

function guestsOf(folder: DataFolder): string {
  return join(folder.root, 'guests');
}
