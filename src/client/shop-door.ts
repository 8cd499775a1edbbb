import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { Failure, failure, failureTypes, type FailureType } from '../contracts/failures';
import type { ShopData, ShopSize } from '../contracts/shop';
import { findDoor, knock, openDoor, type Door } from './door';
import type { DataFolder } from './up/data-folder';

const Refusal = z.object({ type: z.string(), message: z.string() });
const ShopSizeAnswer = z.object({ products: z.int(), users: z.int(), orders: z.int() });
const bodyBytesMax = 128 * 1024 * 1024;

/**
 * Lets other commands reach the shop through this process, which alone may have its database open.
 *
 * @returns how to close the door
 */
export function openShopDoor(folder: DataFolder, data: ShopData): Promise<() => Promise<void>> {
  return openDoor(doorFile(folder), (request, response) => {
    void answer(request, data).then(({ status, body }) => {
      response.writeHead(status).end(body);
    });
  });
}

/** The shop of the process that has its database open; nothing when no living process offers it. */
export async function findShopDoor(folder: DataFolder): Promise<ShopData | undefined> {
  const door = await findDoor(doorFile(folder));
  if (door === undefined) return undefined;
  return {
    load: (json) => askForSize(door, 'load', json),
    dump: () => ask(door, 'dump'),
    reset: () => askForSize(door, 'reset'),
  };
}

function doorFile(folder: DataFolder): string {
  return join(folder.root, 'shop-door.json');
}

async function ask(door: Door, what: string, body = ''): Promise<string> {
  const response = await knock(door, `/${what}`, { method: 'POST', body }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw failure('DatabaseUnavailable', `The worker that has the database open does not answer: ${why}. Try again.`);
  });
  const text = await response.text();
  if (response.status === 403) {
    throw failure('DatabaseUnavailable', 'Another worker has taken over the database meanwhile. Try again.');
  }
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

async function answer(request: IncomingMessage, data: ShopData) {
  try {
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
