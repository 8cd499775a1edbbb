import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { Failure, failure, failureTypes, type FailureType } from '../contracts/failures';
import type { ShopData, ShopSize } from '../contracts/shop';
import type { DataFolder } from './up/data-folder';
import { isAlive, processIdentity } from './up/process-identity';
import { writeAtomically } from './up/write-atomically';

/** Where the process that has the embedded database open takes requests: on loopback, with a key that lies in the folder. */
const Door = z.strictObject({ pid: z.int(), identity: z.nullable(z.string()), port: z.int(), key: z.string() });
type Door = z.infer<typeof Door>;

const Refusal = z.object({ type: z.string(), message: z.string() });
const ShopSizeAnswer = z.object({ products: z.int(), users: z.int(), orders: z.int() });
const bodyBytesMax = 128 * 1024 * 1024;

/**
 * Lets other commands reach the shop through this process, which alone may have its database open.
 *
 * @returns how to close the door
 */
export async function openShopDoor(folder: DataFolder, data: ShopData): Promise<() => Promise<void>> {
  const key = randomBytes(32).toString('hex');
  const server = createServer((request, response) => {
    void answer(request, data, key).then(({ status, body }) => {
      response.writeHead(status).end(body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // a TCP server's address
  const door: Door = { pid: process.pid, identity: processIdentity(process.pid) ?? null, port, key };
  await writeAtomically(doorFile(folder), JSON.stringify(door));
  return async () => {
    await rm(doorFile(folder), { force: true });
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  };
}

/** The shop of the process that has its database open; nothing when no living process offers it. */
export async function findShopDoor(folder: DataFolder): Promise<ShopData | undefined> {
  const door = await readDoor(folder);
  // The number of a process that was killed may be another's by now.
  if (door === undefined || !isAlive(door.pid) || (processIdentity(door.pid) ?? null) !== door.identity)
    return undefined;
  return {
    load: (json) => askForSize(door, 'load', json),
    dump: () => ask(door, 'dump'),
    reset: () => askForSize(door, 'reset'),
  };
}

function doorFile(folder: DataFolder): string {
  return join(folder.root, 'shop-door.json');
}

async function readDoor(folder: DataFolder): Promise<Door | undefined> {
  try {
    return Door.parse(JSON.parse(await readFile(doorFile(folder), 'utf8')));
  } catch {
    return undefined; // no file, or one of a process that was killed: either way there is no door
  }
}

async function ask({ port, key }: Door, what: string, body = ''): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/${what}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body,
  }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw failure('DatabaseUnavailable', `The worker that has the database open does not answer: ${why}. Try again.`);
  });
  const text = await response.text();
  if (response.ok) return text;
  const { type, message } = Refusal.parse(JSON.parse(text));
  if (!isFailureType(type)) throw new Error(message);
  throw failure(type, message);
}

async function askForSize(door: Door, what: string, body?: string): Promise<ShopSize> {
  return ShopSizeAnswer.parse(JSON.parse(await ask(door, what, body)));
}

function isFailureType(type: string): type is FailureType {
  return Object.hasOwn(failureTypes, type);
}

async function answer(request: IncomingMessage, data: ShopData, key: string) {
  try {
    if (!isAllowed(request, key)) return { status: 403, body: refusal('DatabaseUnavailable', 'The key is wrong.') };
    return { status: 200, body: await answerOf(request, data) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 400, body: refusal(error instanceof Failure ? error.type : 'Unexpected', message) };
  }
}

async function answerOf(request: IncomingMessage, data: ShopData): Promise<string> {
  switch (request.url) {
    case '/dump':
      return data.dump();
    case '/load':
      return JSON.stringify(await data.load(await bodyOf(request)));
    case '/reset':
      return JSON.stringify(await data.reset());
    default:
      throw failure('InvalidInput', `There is nothing at ${request.url ?? ''}.`);
  }
}

function refusal(type: string, message: string): string {
  return JSON.stringify({ type, message });
}

/** Whoever can read the folder has the key; a web page that guesses the port has not. */
function isAllowed({ headers: { authorization = '' } }: IncomingMessage, key: string): boolean {
  const [given, wanted] = [Buffer.from(authorization), Buffer.from(`Bearer ${key}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer); // a request without an encoding gives buffers
    bytes += (chunk as Buffer).byteLength;
    if (bytes > bodyBytesMax) throw failure('InvalidInput', `A shop has at most ${bodyBytesMax} bytes.`);
  }
  return Buffer.concat(chunks).toString('utf8');
}
