import { setTimeout as wait } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { failure } from '../../contracts/failures';
import { isListening } from './free-port';

/** Where a server is reached: `host:port` of its API, and the address of its UI. */
export interface ServerAddresses {
  readonly address: string;
  readonly uiUrl: string;
}

const startWithinMs = 30_000;
const lookEveryMs = 25;

/**
 * Waits until a dev server's API and UI have answered.
 *
 * @param ended rejects with the reason when the server ends
 * @throws what `ended` rejects with, or ServerUnavailable when the server does not serve in time
 */
export async function waitUntilServing(server: ServerAddresses, ended: Promise<never>): Promise<void> {
  const over = new AbortController();
  const tooLate = wait(startWithinMs, undefined, { signal: over.signal }).then(() => {
    throw failure('ServerUnavailable', `it did not serve within ${startWithinMs / 1000} s`);
  });
  try {
    await Promise.race([prove(server, over.signal), ended, tooLate]);
  } finally {
    over.abort();
    await tooLate.catch(() => undefined);
  }
}

/** Resolves when everything has answered once; fails with the signal's reason when it is over. */
async function prove(server: ServerAddresses, over: AbortSignal): Promise<void> {
  const url = new URL(`tcp://${server.address}`);
  // A refused gRPC connection is tried again only after a second, so it is not tried before the port is open.
  await until(() => isListening(Number(url.port)), over);
  const connection = await Connection.connect({ address: server.address, connectTimeout: startWithinMs });
  try {
    await connection.withDeadline(Date.now() + startWithinMs, async () => {
      await until(() => hasDefaultNamespace(connection), over);
    });
  } finally {
    await connection.close();
  }
  await until(() => servesPage(server.uiUrl, over), over);
}

async function until(isTrue: () => Promise<boolean>, over: AbortSignal): Promise<void> {
  while (!(await isTrue())) await wait(lookEveryMs, undefined, { signal: over });
}

async function hasDefaultNamespace(connection: Connection): Promise<boolean> {
  try {
    await connection.workflowService.describeNamespace({ namespace: 'default' });
    return true;
  } catch {
    return false;
  }
}

async function servesPage(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { signal });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}
