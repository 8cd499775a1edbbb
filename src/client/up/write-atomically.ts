import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';

/** A name beside `path` that no other process uses, for a file that is to become `path` in one move. */
export function temporaryNameOf(path: string): string {
  return `${path}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
}

/** Writes a text file so that a reader sees either the old content or the new, never a part. Readable by its owner. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = temporaryNameOf(path);
  try {
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
