import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type * as z from 'zod/mini';
import { failure } from '../contracts/failures';

/** What a system accepted, one JSON text a line, for ever appended to. */
export interface KeptLines<Line> {
  /** Keeps a line: when this resolves it survives the process and a loss of power; when it rejects it was never there. */
  append(line: Line): Promise<void>;
  close(): Promise<void>;
}

/** Where the lines lie, and what takes them back in, oldest first. */
export interface KeptIn<Line> {
  readonly file: string;
  readonly schema: z.ZodMiniType<Line>;
  readonly onLine: (line: Line) => void;
}

/**
 * Opens a file of lines, or begins one. A last line that was cut by a crash was never answered for, and is dropped.
 *
 * @throws `DataFolderUnusable` when the file cannot be used, or a line in it is damaged
 */
export async function openKeptLines<Line>({ file, schema, onLine }: KeptIn<Line>): Promise<KeptLines<Line>> {
  const handle = await openFile(file);
  try {
    const kept = { handle, bytes: await takeIn(handle, { file, schema, onLine }), mayBeTorn: true };
    return {
      append: (line) => append(kept, `${JSON.stringify(line)}\n`),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A file, how many bytes of whole lines it has, and whether something else may follow them. */
interface Kept {
  readonly handle: FileHandle;
  bytes: number;
  mayBeTorn: boolean;
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    return await open(file, 'a+', 0o600);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw failure('DataFolderUnusable', `The file ${file} cannot be opened for reading and writing: ${why}.`, { file });
  }
}

/** @returns how many bytes of whole lines there are */
async function takeIn<Line>(handle: FileHandle, { file, schema, onLine }: KeptIn<Line>): Promise<number> {
  const content = await handle.readFile();
  let begin = 0;
  for (let number = 1; ; number += 1) {
    const end = content.indexOf('\n', begin);
    if (end === -1) return begin;
    const line = schema.safeParse(parsed(content.subarray(begin, end)));
    if (!line.success) {
      throw failure(
        'DataFolderUnusable',
        `Line ${number} of ${file} is damaged. Restore the file from a copy, or move it away to begin anew.`,
        { file, line: number },
      );
    }
    onLine(line.data);
    begin = end + 1;
  }
}

function parsed(line: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch {
    return undefined; // no schema of a line takes this
  }
}

async function append(kept: Kept, line: string): Promise<void> {
  await cut(kept);
  kept.mayBeTorn = true;
  try {
    await kept.handle.appendFile(line);
    await kept.handle.datasync();
  } catch (error) {
    // Whoever asked is told that it failed, so what a full disk took of the line must go, now or before the next.
    await cut(kept).catch(() => undefined);
    throw error;
  }
  kept.bytes += Buffer.byteLength(line);
  kept.mayBeTorn = false;
}

async function cut(kept: Kept): Promise<void> {
  if (!kept.mayBeTorn) return;
  await kept.handle.truncate(kept.bytes);
  kept.mayBeTorn = false;
}
