import type { IncomingMessage, ServerResponse } from 'node:http';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpeechEvent } from '../../contracts/speech';
import { findDoor, openDoor, type Door } from '../door';
import type { DataFolder } from '../up/data-folder';
import type { BroadcastHub } from './broadcast-hub';

/** What a watcher has not taken yet, in bytes; text that comes while it is more is dropped, and said to be. */
const untakenBytesMax = 256 * 1024;
const watchersMax = 64;
/** An empty line so often says that the worker is there, and shows whether the watcher is. */
const signOfLifeMs = 20_000;

/**
 * Lets commands watch what the models of this worker say: `GET /watch/RUN` is answered with a `SpeechEvent` a line, for
 * as long as anyone reads. A watcher that is slow or gone costs the model's call nothing.
 *
 * @returns how to close the door
 */
export async function openWatchDoor(folder: DataFolder, hub: BroadcastHub): Promise<() => Promise<void>> {
  await removeDeadDoors(folder);
  let watching = 0;
  return openDoor(join(folder.watchDoors, `${process.pid}.json`), (request, response) => {
    const runId = watchedRun(request);
    if (runId === undefined) return void response.writeHead(404).end();
    if (watching >= watchersMax) return void response.writeHead(503).end();
    watching += 1;
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).flushHeaders();
    const stop = hub.watch({ runId, tell: telling(response) });
    const signs = setInterval(() => {
      if (response.writableLength === 0) response.write('\n');
    }, signOfLifeMs).unref();
    response.on('error', () => undefined); // its connection closes, too
    response.once('close', () => {
      watching -= 1;
      stop();
      clearInterval(signs);
    });
  });
}

/** The doors of the living workers of a folder, by file. */
export async function findWatchDoors({ watchDoors }: DataFolder): Promise<ReadonlyMap<string, Door>> {
  const doors = new Map<string, Door>();
  for (const file of await doorFiles(watchDoors)) {
    const door = await findDoor(file);
    if (door !== undefined) doors.set(file, door);
  }
  return doors;
}

async function removeDeadDoors({ watchDoors }: DataFolder): Promise<void> {
  for (const file of await doorFiles(watchDoors)) {
    if ((await findDoor(file)) === undefined) await rm(file, { force: true });
  }
}

async function doorFiles(watchDoors: string): Promise<readonly string[]> {
  const names = await readdir(watchDoors).catch(() => []);
  return names.filter((name) => /^\d+\.json$/.test(name)).map((name) => join(watchDoors, name));
}

function watchedRun({ method, url = '' }: IncomingMessage): string | undefined {
  const [, encoded] = /^\/watch\/([^/?]+)$/.exec(url) ?? [];
  if (method !== 'GET' || encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

/** Writes events while they are taken; the first that is taken after some were dropped says how much that was. */
function telling(response: ServerResponse): (event: SpeechEvent) => void {
  let lost = 0;
  const write = (event: SpeechEvent) => {
    if (!response.destroyed) response.write(`${JSON.stringify(event)}\n`);
  };
  const tellLost = () => {
    if (lost === 0 || response.writableLength > untakenBytesMax) return;
    const characters = lost;
    lost = 0;
    write({ event: 'lost', characters });
  };
  response.on('drain', tellLost);
  return (event) => {
    if (response.writableLength > untakenBytesMax) {
      if (event.event === 'text') lost += event.text.length;
      return;
    }
    tellLost();
    write(event);
  };
}
