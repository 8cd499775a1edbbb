import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServedApi, SystemOptions } from '../../src/outside/json-api';

/** A system that serves from a file of its own until the test is over. */
export interface TestSystem {
  readonly file: string;
  readonly url: string;
  /** What went wrong in it by a fault of its own. */
  readonly troubles: readonly unknown[];
  /** Ends it and starts it again from its file. */
  restart(): Promise<void>;
  ask(method: string, path: string, more?: { readonly key?: string; readonly body?: unknown }): Promise<Answered>;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly body: unknown;
  readonly isReplay: boolean;
}

/** Starts a system before each test and ends it after. */
export function systemDuring(start: (options: SystemOptions) => Promise<ServedApi>): () => TestSystem {
  const running: { system?: TestSystem; end?: () => Promise<void> } = {};
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'counterpoint-outside-'));
    const file = join(folder, 'kept', 'lines.jsonl');
    const troubles: unknown[] = [];
    const options = { file, port: 0, onTrouble: (error: unknown) => void troubles.push(error) };
    let api = await start(options);
    running.system = {
      file,
      troubles,
      get url() {
        return api.url;
      },
      async restart() {
        await api.close();
        api = await start(options);
      },
      ask: (method, path, more) => ask(`${api.url}${path}`, method, more),
    };
    running.end = async () => {
      await api.close();
      await rm(folder, { recursive: true, force: true });
    };
  });
  afterEach(() => running.end?.());
  return () => running.system!;
}

async function ask(
  url: string,
  method: string,
  { key, body }: { readonly key?: string; readonly body?: unknown } = {},
): Promise<Answered> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    body: text === '' ? undefined : JSON.parse(text),
    isReplay: response.headers.get('idempotent-replayed') === 'true',
  };
}

/** The code of a refusal. */
export function codeOf({ status, body }: Answered): string {
  const { error } = body as { readonly error: { readonly code: string } }; // every answer over 399 is one
  return `${status} ${error.code}`;
}

/** Both systems in a process of their own, as a command starts them. */
export interface OutsideProcess {
  readonly child: ChildProcess;
  readonly paymentProviderUrl: string;
  readonly mailerUrl: string;
}

/** @param fileBlocksMax how large a file it may write, in blocks of 1,024 bytes; what is beyond fails as on a full disk */
export async function startOutsideProcess(
  dataDir: string,
  { more = [], fileBlocksMax }: { readonly more?: readonly string[]; readonly fileBlocksMax?: number } = {},
): Promise<OutsideProcess> {
  const program = ['--import', 'tsx', join(__dirname, '../../src/outside.ts'), '--data', dataDir, ...more];
  const limit = `ulimit -f ${fileBlocksMax ?? 'unlimited'}; exec "$0" "$@"`;
  const child = spawn('bash', ['-c', limit, process.execPath, ...program], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('message', (addresses: Pick<OutsideProcess, 'paymentProviderUrl' | 'mailerUrl'>) => {
      resolve({ child, ...addresses });
    });
    child.once('exit', (code) => {
      reject(new Error(`The outside systems ended with ${code}: ${said}`));
    });
  });
}
