import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';

/** A PostgreSQL server that tests may use. */
export interface TestServer {
  /** Of the process that was started; 0 for a server that was there. */
  readonly pid: number;
  /** Makes an empty database, and gives its address. */
  newDatabase(): Promise<string>;
  /** The names of all its databases. */
  databases(): Promise<string[]>;
  stop(): Promise<void>;
}

const startWithinMs = 20_000;
const lookEveryMs = 50;

/** Whether there is a server to test on: the one that DATABASE_URL names, or an installed one that can be started. */
export function hasPostgres(): boolean {
  return configuredUrl() !== undefined || installedFolder() !== undefined;
}

/**
 * Uses the server that DATABASE_URL names, or starts an installed one in a folder of its own.
 *
 * @param isDurable whether what it has said to be written must survive the machine. Default: no, which is faster
 */
export async function startPostgres({ isDurable = false } = {}): Promise<TestServer> {
  const url = configuredUrl();
  if (url !== undefined) return serverAt({ url, pid: 0 }, () => Promise.resolve());
  const folder = installedFolder();
  if (folder === undefined) throw new Error('Expected hasPostgres() to have been asked first.');
  return startInstalled(folder, isDurable);
}

function configuredUrl(): string | undefined {
  const url = process.env['DATABASE_URL'];
  return url === '' ? undefined : url;
}

/** Where `initdb` and `postgres` are: on the PATH, or where Debian's packages put them. */
function installedFolder(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
}

async function startInstalled(binaries: string, isDurable: boolean): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'counterpoint-postgres-'));
  const data = join(folder, 'data');
  const user = ordinaryUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const asUser = { ...user, cwd: folder };
  const made = spawnSync(join(binaries, 'initdb'), ['-D', data, '-U', 'tests', '-A', 'trust', '-E', 'UTF8', '-N'], {
    ...asUser,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    `fsync=${isDurable ? 'on' : 'off'}`,
  ];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(join(binaries, 'postgres'), args, { ...asUser, stdio: 'ignore' });
  const kill = () => server.kill('SIGQUIT');
  process.once('exit', kill);
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const url = `postgresql://tests@127.0.0.1:${port}/postgres`;
  await untilAnswering(url);
  return serverAt({ url, pid: server.pid ?? 0 }, async () => {
    server.kill('SIGINT');
    await ended;
    process.off('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  });
}

/** PostgreSQL refuses to run as root; then it runs as its own user. */
function ordinaryUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = users.find((user) => user.startsWith('postgres:')) ?? users.find((user) => user.startsWith('nobody:'));
  const [, , uid, gid] = (line ?? '').split(':').map(Number);
  return { uid: uid ?? 65_534, gid: gid ?? 65_534 };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilAnswering(url: string): Promise<void> {
  for (const deadline = Date.now() + startWithinMs; ;) {
    try {
      await atServer(url, 'select 1');
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }
}

function serverAt({ url, pid }: { readonly url: string; readonly pid: number }, stop: () => Promise<void>): TestServer {
  const made: string[] = [];
  return {
    pid,
    async newDatabase() {
      const name = `counterpoint_test_${process.pid}_${Date.now()}_${made.length}`;
      await atServer(url, `create database ${name}`);
      made.push(name);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return own.href;
    },
    databases: async () => {
      const rows = await atServer<{ datname: string }>(url, 'select datname from pg_database');
      return rows.map(({ datname }) => datname);
    },
    async stop() {
      for (const name of made) await atServer(url, `drop database if exists ${name} with (force)`);
      await stop();
    },
  };
}

async function atServer<Row>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows as Row[]; // the statement makes these rows
  } finally {
    await client.end();
  }
}
