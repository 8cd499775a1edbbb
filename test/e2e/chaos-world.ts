import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { registerSearchAttributes } from '../../src/client/register-search-attributes';
import { startDevServer } from '../../src/client/up/dev-server';
import { openDataFolder } from '../../src/client/up/data-folder';
import { fileArtifactStore } from '../../src/activities/stores/artifact-store';
import type { Database } from '../../src/activities/stores/database';
import { openEmbeddedDatabase } from '../../src/activities/stores/embedded-database';
import { offloadingDataConverter } from '../../src/activities/stores/payload-store';
import { openServerDatabase } from '../../src/activities/stores/server-database';
import type { CaseResult, CustomerCase } from '../../src/contracts/customer-case';
import type { RunResult } from '../../src/contracts/outcome';
import { noUsage } from '../../src/contracts/usage';
import { install, ownEnvironment, root, until } from './command-line';

/** Where the shop is kept, and what is wrong with the worker. */
export interface ChaosOptions {
  /** A PostgreSQL database. Default: the embedded one. */
  readonly databaseUrl?: string;
  /** A program that the worker loads before its own. Default: none. */
  readonly preload?: string;
}

/** When the worker is killed: this often, each time at most so long after it was seen at work. */
export interface Kills {
  readonly count: number;
  readonly withinMs: number;
  /** Numbers from 0 to 1. */
  readonly random: () => number;
}

/** What is left of cases that were worked on. */
export interface Aftermath {
  /** What each run came to, as if it had spent nothing: attempts that were cut short cost, too. */
  readonly results: readonly RunResult<CaseResult>[];
  /** The shop, as the command line dumps it. */
  readonly dump: string;
  /** The effects that stand, one line each, in the order of the alphabet. */
  readonly effects: readonly string[];
  /** The cases of the service desk, in the order of their ids. */
  readonly cases: readonly CaseRow[];
  /** The attempts that each kill ended. */
  readonly struck: readonly number[];
}

interface CaseRow {
  readonly case_id: string;
  readonly state: 'open' | 'closed' | 'givenUp';
  readonly summary: string;
}

interface World {
  readonly client: Client;
  readonly runIds: readonly string[];
  /** The runs that have not been seen to have ended. */
  readonly open: Set<string>;
  readonly environment: NodeJS.ProcessEnv;
  readonly logFile: string;
}

const namespace = 'default';
const readyWithinMs = 60_000;
/** With its heartbeats missed and its attempts spent, a call takes minutes at most. */
const endWithinMs = 240_000;

/** Works on cases at once, in a data folder of their own, with a worker that is killed and started again. */
export async function workThrough(
  cases: readonly CustomerCase[],
  { kills, ...options }: ChaosOptions & { readonly kills?: Kills },
): Promise<Aftermath> {
  const installation = await install();
  const folder = await openDataFolder(installation.folder);
  const place = { DATABASE_URL: options.databaseUrl ?? '' };
  const binary = process.env['TEMPORAL_CLI_PATH'] ?? '';
  const logs = (name: string) => join(folder.logs, name);
  const server = await startDevServer({ binary, databaseFile: folder.temporalDatabase, logFile: logs('temporal.log') });
  const connection = await Connection.connect({ address: server.address });
  try {
    await registerSearchAttributes(connection, namespace);
    await finish(installation.startWith(place, 'data', 'load').ended);
    const client = new Client({
      connection,
      dataConverter: offloadingDataConverter(fileArtifactStore(folder.artifacts)),
    });
    const environment = {
      ...{ ...ownEnvironment(), ...place, COUNTERPOINT_DATA: folder.root },
      ...{ TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: namespace },
      ...(options.preload === undefined ? {} : { NODE_OPTIONS: `--require ${options.preload}` }),
    };
    const runIds = await Promise.all(cases.map((given, at) => start(client, `case-${at + 1}`, given)));
    const world = { client, runIds, open: new Set(runIds), environment, logFile: logs('worker.log') };
    const struck = kills === undefined ? [] : await killOften(world, kills);
    const worker = await startWorker(world);
    const results = await Promise.all(runIds.map((runId) => resultOf(client, runId)));
    await end(worker, 'SIGTERM');
    const { stdout: dump } = await finish(installation.startWith(place, 'data', 'dump').ended);
    const { databaseUrl: url } = options;
    const database = await (url === undefined ? openEmbeddedDatabase(folder.database) : openServerDatabase(url));
    return { results, dump, struck, ...(await recordsOf(database)) };
  } finally {
    await connection.close();
    await server.stop();
    await installation.remove();
  }
}

async function start(client: Client, workflowId: string, given: CustomerCase): Promise<string> {
  await client.workflow.start('customerOperations', { workflowId, taskQueue: 'counterpoint', args: [given] });
  return workflowId;
}

async function finish<Result extends { readonly exitCode: number | null; readonly stderr: string }>(
  ending: Promise<Result>,
): Promise<Result> {
  const ended = await ending;
  if (ended.exitCode !== 0) throw new Error(`A command failed: ${ended.stderr}`);
  return ended;
}

async function resultOf(client: Client, runId: string): Promise<RunResult<CaseResult>> {
  const handle = client.workflow.getHandle<() => Promise<RunResult<CaseResult>>>(runId);
  const late = wait(endWithinMs, undefined, { ref: false }).then(() => {
    throw new Error(`The run ${runId} has not ended within ${endWithinMs} ms.`);
  });
  return { ...(await Promise.race([handle.result(), late])), usage: noUsage };
}

async function startWorker({ environment: env, logFile }: World): Promise<ChildProcess> {
  const log = openSync(logFile, 'a', 0o600);
  const worker = spawn(process.execPath, [join(root, 'dist', 'worker.js')], {
    env,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ready = once(worker, 'message', { signal: AbortSignal.timeout(readyWithinMs) });
  const died = once(worker, 'exit').then(([code]) => {
    throw new Error(`The worker did not start (exit code ${String(code)}); see ${logFile}`);
  });
  died.catch(() => undefined);
  await Promise.race([ready, died]);
  return worker;
}

async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(worker, 'exit');
  worker.kill(signal);
  await ended;
}

/**
 * Kills a worker at a random moment after it was seen at work, and starts the next, until so many kills have ended
 * attempts in the middle. A kill that came between two attempts is not counted.
 */
async function killOften(world: World, { count, withinMs, random }: Kills): Promise<number[]> {
  const struck: number[] = [];
  let worker = await startWorker(world);
  for (;;) {
    const { pid } = worker;
    await until(`the worker works again after ${struck.length} kills`, async () => (await attemptsOf(world, pid)) > 0);
    await wait(random() * withinMs);
    await end(worker, 'SIGKILL');
    const [cut, next] = await Promise.all([attemptsOf(world, pid), startWorker(world)]);
    worker = next;
    if (cut > 0) struck.push(cut);
    if (struck.length === count) {
      await end(worker, 'SIGKILL');
      return struck;
    }
  }
}

/** How many attempts a worker has in hand. @throws when every run has ended */
async function attemptsOf({ client, open }: World, pid: number | undefined): Promise<number> {
  const described = await Promise.all([...open].map((runId) => client.workflow.getHandle(runId).describe()));
  for (const { workflowId, status } of described) if (status.name !== 'RUNNING') open.delete(workflowId);
  if (open.size === 0) throw new Error('Every case has ended before the last kill. Give them more to do.');
  return described
    .flatMap(({ raw }) => raw.pendingActivities ?? [])
    .filter(({ state, lastWorkerIdentity = '' }) => Number(state) === started && isOf(lastWorkerIdentity, pid)).length;
}

/** By the SDK's default a worker is named after its process and machine. */
function isOf(workerIdentity: string | null, pid: number | undefined): boolean {
  return workerIdentity?.startsWith(`${pid ?? ''}@`) === true;
}

/** The state of an attempt that a worker has taken up, in Temporal's API. */
const started = 2;

async function recordsOf(database: Database): Promise<Pick<Aftermath, 'effects' | 'cases'>> {
  try {
    const rows = await database.query<object>(`select operation, answer, changes from effects where state = 'done'`);
    const cases = await database.query<CaseRow>(`select case_id, state, summary from cases order by case_id, state`);
    return { effects: rows.map((row) => JSON.stringify(row)).toSorted(), cases };
  } finally {
    await database.close();
  }
}
