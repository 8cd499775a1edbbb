import { inflateRawSync } from 'node:zlib';
import { documentUnreadable } from './document-unreadable';

/** What may be taken out of a zip archive. Whatever its directory claims, no more is ever unpacked. */
export type ZipLimits = { readonly entriesMax: number; readonly unpackedBytesMax: number };

type Entry = { readonly name: string; readonly method: number; readonly packed: Uint8Array; readonly unpacked: number };

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const endOfDirectoryBytes = 22;
const commentBytesMax = 65_535;
const encryptedFlag = 1;

/**
 * Unpacks those files of a zip archive whose path `wanted` accepts.
 *
 * @throws DocumentUnreadable `corrupt`, `encrypted`, or `tooLarge` when the files unpack to more than the limits say
 */
export function readZip(
  bytes: Uint8Array,
  name: string,
  { wanted, limits }: { readonly wanted: (path: string) => boolean; readonly limits: ZipLimits },
): ReadonlyMap<string, Uint8Array> {
  const entries = readDirectory(bytes, name, limits).filter((entry) => wanted(entry.name));
  const claimed = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  if (claimed > limits.unpackedBytesMax) throw tooLarge(name, limits);
  const files = new Map<string, Uint8Array>();
  let room = limits.unpackedBytesMax;
  for (const entry of entries) {
    const file = unpack(entry, { name, room, limits });
    room -= file.length;
    if (room < 0) throw tooLarge(name, limits);
    files.set(entry.name, file);
  }
  return files;
}

function readDirectory(bytes: Uint8Array, name: string, limits: ZipLimits): Entry[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const end = findEnd(view);
    const count = view.readUInt16LE(end + 10);
    if (count > limits.entriesMax) throw tooLarge(name, limits);
    const entries: Entry[] = [];
    let at = view.readUInt32LE(end + 16);
    for (let index = 0; index < count; index += 1) {
      if (view.readUInt32LE(at) !== directoryEntry) throw new RangeError('its directory is cut off');
      if ((view.readUInt16LE(at + 8) & encryptedFlag) !== 0) throw encrypted(name);
      const nameLength = view.readUInt16LE(at + 28);
      const local = view.readUInt32LE(at + 42);
      const start = local + 30 + view.readUInt16LE(local + 26) + view.readUInt16LE(local + 28);
      const packedLength = view.readUInt32LE(at + 20);
      if (start + packedLength > view.length) throw new RangeError('a file in it is cut off');
      entries.push({
        name: view.toString('utf8', at + 46, at + 46 + nameLength),
        method: view.readUInt16LE(at + 10),
        packed: view.subarray(start, start + packedLength),
        unpacked: view.readUInt32LE(at + 24),
      });
      at += 46 + nameLength + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
    }
    return entries;
  } catch (error) {
    if (property(error, 'name') === 'RangeError') throw corrupt(name, 'its directory does not fit its content');
    throw error;
  }
}

function findEnd(view: Buffer): number {
  const last = view.length - endOfDirectoryBytes;
  for (let at = last; at >= Math.max(0, last - commentBytesMax); at -= 1)
    if (view.readUInt32LE(at) === endOfDirectory) return at;
  throw new RangeError('its directory is missing');
}

function unpack(
  entry: Entry,
  { name, room, limits }: { readonly name: string; readonly room: number; readonly limits: ZipLimits },
): Uint8Array {
  if (entry.method === 0) return entry.packed;
  if (entry.method !== 8) throw corrupt(name, `packing method ${entry.method} is not known`);
  try {
    return inflateRawSync(entry.packed, { maxOutputLength: Math.max(1, room) });
  } catch (error) {
    if (property(error, 'code') === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name, limits);
    throw corrupt(name, `"${entry.name}" in it cannot be unpacked`);
  }
}

/** Errors of Node's own modules are told by name and code: `instanceof` fails where a second realm exists. */
function property(error: unknown, key: 'name' | 'code'): unknown {
  return typeof error === 'object' && error !== null && key in error ? Reflect.get(error, key) : undefined;
}

function tooLarge(name: string, limits: ZipLimits): Error {
  return documentUnreadable(name, 'tooLarge', {
    found: `its parts unpack to more than ${limits.unpackedBytesMax / 1024 / 1024} MB or ${limits.entriesMax} files.`,
    remedy: 'Save it as plain text or PDF.',
  });
}

function encrypted(name: string): Error {
  return documentUnreadable(name, 'encrypted', {
    found: 'it is an encrypted archive.',
    remedy: 'Remove the password and run again.',
  });
}

function corrupt(name: string, what: string): Error {
  return documentUnreadable(name, 'corrupt', {
    found: `the file is damaged (${what}).`,
    remedy: 'Open it in a word processor and save it anew, or ask for another copy.',
  });
}
