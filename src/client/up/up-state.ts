import { realpathSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { failure } from '../../contracts/failures';
import type { DataFolder } from './data-folder';
import { commandLineOf, isAlive, processIdentity, signalProcess } from './process-identity';
import { OutsideAddresses } from './outside-systems';
import { codeOf, reasonOf } from './reason';
import { lockOwner, takeLock } from './lock';
import { writeAtomically } from './write-atomically';

const pid = z.int().check(z.positive());

/** What `up.json` says: who brought up what, and where it is reached. `startedAt` is an ISO 8601 time. */
const UpRecord = z.strictObject({
  ownerPid: pid,
  serverPid: z.optional(pid),
  workerPid: z.optional(pid),
  address: z.string().check(z.minLength(1), z.maxLength(300)),
  uiUrl: z.string().check(z.maxLength(300)),
  outside: z.optional(OutsideAddresses),
  startedAt: z.string().check(z.maxLength(40)),
});
type UpRecord = z.infer<typeof UpRecord>;

/**
 * What is up in a data folder. `down` with a `reason` when a record was there but is void. `orphaned`: the owner is
 * gone but its server still runs.
 */
export type UpState =
  | { readonly state: 'down'; readonly reason?: string }
  | { readonly state: 'up'; readonly record: UpRecord }
  | { readonly state: 'orphaned'; readonly record: UpRecord & { readonly serverPid: number } };

/** The right to bring things up in a data folder; only one process has it at a time. */
export interface UpClaim {
  /** Writes the record that others read. May be called again as more comes up. */
  publish(record: Omit<UpRecord, 'ownerPid'>): Promise<void>;
  /** Ends the server that a dead owner left behind, and returns its number; `undefined` when there is none. */
  endOrphanedServer(): Promise<number | undefined>;
  /** Takes the record away and gives the folder free. What was brought up must be down by then. */
  release(): Promise<void>;
}

const endWithinMs = 10_000;

/** Reads what is up in a data folder. Changes nothing. */
export async function readUpState(folder: DataFolder): Promise<UpState> {
  const read = await readRecord(folder);
  if ('reason' in read) return { state: 'down', reason: read.reason };
  const { record } = read;
  if (record === undefined) return { state: 'down' };
  if ((await lockOwner(folder, 'up')) === record.ownerPid) return { state: 'up', record };
  const { serverPid } = record;
  if (serverPid !== undefined && isServerOf(folder, serverPid)) {
    return { state: 'orphaned', record: { ...record, serverPid } };
  }
  return { state: 'down', reason: `The record is of process ${record.ownerPid}, which is gone, and so is its server.` };
}

/**
 * Claims a data folder for this process. Of two at the same moment one succeeds; the claim of a process that has died
 * is taken over. The other learns who owns the folder, which may not have published its record yet.
 */
export async function claimUp(
  folder: DataFolder,
): Promise<
  { readonly claimed: true; readonly claim: UpClaim } | { readonly claimed: false; readonly ownerPid: number }
> {
  const lock = await takeLock(folder, 'up');
  if (!lock.taken) return { claimed: false, ownerPid: lock.ownerPid };
  const claim: UpClaim = {
    async publish(record) {
      await writeAtomically(folder.upState, `${JSON.stringify({ ownerPid: process.pid, ...record }, null, 2)}\n`);
    },
    async endOrphanedServer() {
      const state = await readUpState(folder);
      if (state.state !== 'orphaned') return undefined;
      await endServer(folder, state.record.serverPid);
      await rm(folder.upState, { force: true });
      return state.record.serverPid;
    },
    async release() {
      await rm(folder.upState, { force: true });
      await lock.lock.release();
    },
  };
  return { claimed: true, claim };
}

async function readRecord(
  folder: DataFolder,
): Promise<{ readonly record: UpRecord | undefined } | { readonly reason: string }> {
  let text: string;
  try {
    text = await readFile(folder.upState, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { record: undefined };
    return { reason: `${folder.upState} cannot be read: ${reasonOf(error)}` };
  }
  try {
    return { record: UpRecord.parse(JSON.parse(text)) };
  } catch (error) {
    return {
      reason: `${folder.upState} is not a record of what is up: ${reasonOf(error)}`,
    };
  }
}

/** Whether this process serves this very database file: a number that was reused by another program does not. */
function isServerOf(folder: DataFolder, serverPid: number): boolean {
  if (!isAlive(serverPid)) return false;
  const line = commandLineOf(serverPid);
  if (line === undefined) return false;
  if ('text' in line) return line.text.includes(' server start-dev ') && line.text.includes(folder.temporalDatabase);
  const database = line.arguments[line.arguments.indexOf('--db-filename') + 1];
  return (
    line.arguments.includes('start-dev') && database !== undefined && isSameFile(database, folder.temporalDatabase)
  );
}

function isSameFile(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return one === other;
  }
}

async function endServer(folder: DataFolder, serverPid: number): Promise<void> {
  const identity = processIdentity(serverPid);
  // A process that is ending loses its command line before it is gone, so that alone is no sign.
  const isThere = () => isAlive(serverPid) && processIdentity(serverPid) === identity;
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const deadline = performance.now() + endWithinMs;
    if (isServerOf(folder, serverPid)) signalProcess(serverPid, signal);
    while (isThere() && performance.now() < deadline) await wait(50);
    if (!isThere()) return;
  }
  throw failure(
    'DataFolderUnusable',
    `The server that a dead process left behind in ${folder.root} (process ${serverPid}) does not end. End it by hand.`,
    { dataFolder: folder.root, serverPid },
  );
}
