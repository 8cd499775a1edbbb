import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';

export const root = join(__dirname, '..', '..');
const program = join(root, 'dist', 'counterpoint.js');
const withinMsDefault = 60_000;

/** What a command ended with. */
export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has printed so far. */
  readonly output: { stdout: string; stderr: string };
}

/** A data folder of its own, and the compiled command line over it. */
export interface Installation {
  readonly folder: string;
  start(...words: readonly string[]): Started;
  startWith(environment: NodeJS.ProcessEnv, ...words: readonly string[]): Started;
  run(...words: readonly string[]): Promise<Ended>;
  /** Ends what the test has left running and removes the folder. @throws when a process outlives its command */
  remove(): Promise<void>;
}

/** Makes an empty data folder. The command line under test is the compiled one, which must not be older than its source. */
export async function install(): Promise<Installation> {
  assertBuilt();
  const parent = await mkdtemp(join(tmpdir(), 'counterpoint-e2e-'));
  const folder = join(parent, 'data');
  const started: Started[] = [];
  const startWith = (environment: NodeJS.ProcessEnv, ...words: readonly string[]): Started => {
    const one = launch(['--data', folder, ...words], { ...ownEnvironment(), ...environment });
    started.push(one);
    return one;
  };
  const start = (...words: readonly string[]) => startWith({}, ...words);
  return {
    folder,
    start,
    startWith,
    run: (...words) => start(...words).ended,
    async remove() {
      for (const { process: child } of started) if (child.exitCode === null) child.kill('SIGINT');
      await Promise.all(started.map(({ ended }) => ended.catch(() => undefined)));
      const left = processesOf(folder);
      for (const { pid } of left) process.kill(pid, 'SIGKILL');
      await rm(parent, { recursive: true, force: true, maxRetries: 5 });
      if (left.length > 0) throw new Error(`left running: ${left.map(({ line }) => line).join('; ')}`);
    },
  };
}

function launch(words: readonly string[], environment: NodeJS.ProcessEnv): Started {
  const child = spawn(process.execPath, [program, ...words], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => (output.stdout += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (output.stderr += part));
  const tooLate = setTimeout(() => child.kill('SIGKILL'), 4 * withinMsDefault);
  const ended = once(child, 'close').then(([exitCode, signal]) => {
    clearTimeout(tooLate);
    return { exitCode: exitCode as number | null, signal: signal as NodeJS.Signals | null, ...output };
  });
  return { process: child, ended, output };
}

/** Nothing of what the machine says of servers and data folders reaches the command under test, but the binary does. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(
    ([name]) =>
      name === 'TEMPORAL_CLI_PATH' || !/^(TEMPORAL_|COUNTERPOINT_(?!CACHE)|NODE_OPTIONS|JEST_|FORCE_COLOR)/.test(name),
  );
  return { ...Object.fromEntries(others), NO_COLOR: '1' };
}

function assertBuilt(): void {
  const builtAt = existsSync(program) ? statSync(join(root, 'dist', 'workflow-bundle.js')).mtimeMs : 0;
  const newest = Math.max(
    ...readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
  if (newest > builtAt)
    throw new Error('The compiled command line is older than its source. Run `npm run build` first.');
}

/** The processes that belong to a data folder: its server, and whatever was started with it in the environment. */
export function processesOf(folder: string): { readonly pid: number; readonly line: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      const read = (file: string) => {
        try {
          return readFileSync(`/proc/${name}/${file}`, 'utf8').split('\0');
        } catch {
          return [];
        }
      };
      const line = read('cmdline');
      const isOurs =
        line.some((word) => word.startsWith(folder)) || read('environ').includes(`COUNTERPOINT_DATA=${folder}`);
      return isOurs && line.length > 1 ? [{ pid: Number(name), line: line.join(' ') }] : [];
    });
}

/** Waits until something holds, looking every 20 ms. @throws when it does not in time */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  withinMs = withinMsDefault,
): Promise<NonNullable<T>> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    await wait(20);
  }
  throw new Error(`Within ${withinMs} ms it did not come to this: ${what}`);
}

export interface UpRecord {
  readonly address: string;
  readonly uiUrl: string;
  readonly ownerPid: number;
  readonly serverPid: number;
  readonly workerPid: number;
}

/** What is up in a data folder, once a worker is. */
export function untilUp({ folder }: Installation): Promise<UpRecord> {
  return until('a server and a worker are up', async () => {
    const text = await readFile(join(folder, 'up.json'), 'utf8').catch(() => '');
    // A test may have left a broken one there; nothing is up by it.
    if (!text.endsWith('}\n')) return undefined;
    const record = JSON.parse(text) as Partial<UpRecord>;
    return record.workerPid === undefined ? undefined : (record as UpRecord); // workerPid is published last
  });
}

/** Works with the server that is up in a data folder, past the command line. */
export async function withServer<T>(installation: Installation, work: (client: Client) => Promise<T>): Promise<T> {
  const { address } = await untilUp(installation);
  const connection = await until('the server accepts connections', () =>
    Connection.connect({ address }).catch(() => undefined),
  );
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

/** How many events a run's history has; none while there is no such run. */
export async function historyLength(client: Client, runId: string): Promise<number> {
  const description = await client.workflow
    .getHandle(runId)
    .describe()
    .catch(() => undefined);
  return description?.historyLength ?? 0;
}

/** Ends the `up` of an installation as a person does. */
export async function stop(up: Started): Promise<Ended> {
  up.process.kill('SIGINT');
  return up.ended;
}
