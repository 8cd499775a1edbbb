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
    const state = { bytes: await takeIn(handle, { file, schema, onLine }) };
    return {
      append: (line) => append(handle, state, `${JSON.stringify(line)}\n`),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
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
  const text = await handle.readFile('utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  for (const [index, json] of whole.split('\n').slice(0, -1).entries()) {
    const line = schema.safeParse(parseJson(json));
    if (!line.success) {
      throw failure(
        'DataFolderUnusable',
        `Line ${index + 1} of ${file} is damaged. Restore the file from a copy, or move it away to begin anew.`,
        { file, line: index + 1 },
      );
    }
    onLine(line.data);
  }
  const bytes = Buffer.byteLength(whole);
  await handle.truncate(bytes);
  return bytes;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // no schema of a line takes this
  }
}

async function append(handle: FileHandle, state: { bytes: number }, line: string): Promise<void> {
  try {
    await handle.appendFile(line);
    await handle.datasync();
    state.bytes += Buffer.byteLength(line);
  } catch (error) {
    // What a full disk took of the line must not stand before the next one.
    await handle.truncate(state.bytes);
    throw error;
  }
}
