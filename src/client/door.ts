import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod/mini';
import { isAlive, processIdentity } from './up/process-identity';
import { writeAtomically } from './up/write-atomically';

/** Where a process takes requests of others on this machine: on loopback, with a key that lies in a file. */
const Door = z.strictObject({ pid: z.int(), identity: z.nullable(z.string()), port: z.int(), key: z.string() });
export type Door = z.infer<typeof Door>;

/** Answers a request that came with the key. It does not throw. */
export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Lets other commands reach this process: whoever can read the file has the key, which is its owner; a web page that
 * guesses the port has not, and is answered 403.
 *
 * @returns how to close the door; requests under way are cut off
 */
export async function openDoor(file: string, answering: Answering): Promise<() => Promise<void>> {
  const key = randomBytes(32).toString('hex');
  const server = createServer((request, response) => {
    if (isAllowed(request, key)) answering(request, response);
    else response.writeHead(403).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // a TCP server's address
  const door: Door = { pid: process.pid, identity: processIdentity(process.pid) ?? null, port, key };
  await writeAtomically(file, JSON.stringify(door));
  return async () => {
    await rm(file, { force: true });
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  };
}

/** The door in this file; nothing when no living process keeps it open. */
export async function findDoor(file: string): Promise<Door | undefined> {
  const door = await readDoor(file);
  // The number of a process that was killed may be another's by now.
  if (door === undefined || !isAlive(door.pid) || (processIdentity(door.pid) ?? null) !== door.identity)
    return undefined;
  return door;
}

async function readDoor(file: string): Promise<Door | undefined> {
  try {
    return Door.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined; // no file, or one of a process that was killed: either way there is no door
  }
}

/** Makes a request through a door; `path` begins with a slash. @throws whatever `fetch` throws */
export function knock({ port, key }: Door, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers: { authorization: `Bearer ${key}` } });
}

function isAllowed({ headers: { authorization = '' } }: IncomingMessage, key: string): boolean {
  const [given, wanted] = [Buffer.from(authorization), Buffer.from(`Bearer ${key}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
