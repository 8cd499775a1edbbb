import { spawn } from 'node:child_process';
import { readFileSync, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { failure } from '../../contracts/failures';
import { calmly } from './download';
import { signalProcess } from './process-identity';
import type { TemporalBinary } from './wheel-pins';

const executableSuffix = process.platform === 'win32' ? '.exe' : '';
const lookEveryMs = 50;

/**
 * The download exists in the SDK only as a part of starting a test environment, in native code that cannot be told to
 * stop. So it is done in a process of its own, which can be ended: when the binary is there, or when nothing comes.
 */
const sdkProgram = `
  const { TestWorkflowEnvironment } = require(process.argv[1]);
  const executable = { type: 'cached-download', downloadDir: process.argv[3] };
  const create = process.argv[2] === 'temporal' ? 'createLocal' : 'createTimeSkipping';
  TestWorkflowEnvironment[create]({ server: { executable } }).then(
    (environment) => environment.teardown(),
    (error) => { process.stderr.write(error.message); process.exitCode = 1; },
  );
`;

/** How the SDK's download is run, and how long it may be quiet and take. */
export interface SdkDownload {
  readonly program: string;
  readonly quietMs: number;
  readonly totalMs: number;
}

const sdkDownload: SdkDownload = { program: sdkProgram, quietMs: 10_000, totalMs: 600_000 };

/** The name under which the installed SDK stores its download. */
export function sdkBinaryName(which: TemporalBinary): string {
  const manifest: unknown = JSON.parse(readFileSync(require.resolve('@temporalio/testing/package.json'), 'utf8'));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  return `${which}-sdk-typescript-${version}${executableSuffix}`;
}

/**
 * Has the SDK download its own choice of binary into `folder`, which must be empty.
 *
 * @returns the path of the binary
 * @throws TemporalNotFound with the reason; no process is left then, nor after success
 */
export async function downloadBySdk(
  which: TemporalBinary,
  into: { readonly folder: string; readonly onProgress: (message: string) => void },
  how: SdkDownload = sdkDownload,
): Promise<string> {
  const path = join(into.folder, sdkBinaryName(which));
  const args = ['-e', how.program, require.resolve('@temporalio/testing'), which, into.folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const endGroup = () => {
    if (child.pid !== undefined) signalProcess(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  };
  process.once('exit', endGroup);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-4_000)));
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('close', () => {
      resolve(lastCauseOf(complaint));
    });
  });
  const over = new AbortController();
  try {
    const watched = watchDownload(path, { ...how, onProgress: calmly(into.onProgress), over: over.signal });
    const reason = await Promise.race([ended, watched]);
    if (await isThere(path)) return path;
    throw failure('TemporalNotFound', reason);
  } finally {
    over.abort();
    endGroup();
    await ended;
    process.removeListener('exit', endGroup);
  }
}

interface Watch {
  readonly quietMs: number;
  readonly totalMs: number;
  readonly onProgress: (message: string) => void;
  readonly over: AbortSignal;
}

/** Resolves when the binary is there, or says why it is waited for no longer. */
async function watchDownload(path: string, watch: Watch): Promise<string> {
  const began = performance.now();
  let bytes = 0;
  let grewAt = began;
  while (!watch.over.aborted && !(await isThere(path))) {
    const now = performance.now();
    const bytesNow = await bytesIn(join(path, '..'));
    if (bytesNow > bytes) {
      grewAt = now;
      bytes = bytesNow;
      watch.onProgress(`The SDK is downloading its server: ${(bytes / 1e6).toFixed(1)} MB unpacked so far`);
    }
    if (now - grewAt > watch.quietMs) return `nothing came for ${watch.quietMs / 1000} s`;
    if (now - began > watch.totalMs) return `it took longer than ${watch.totalMs / 1000} s`;
    await wait(lookEveryMs);
  }
  return 'it is there';
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await statOf(join(folder, name)))?.size ?? 0));
  return sizes.reduce<number>((sum, size) => sum + size, 0);
}

async function isThere(path: string): Promise<boolean> {
  return (await statOf(path))?.isFile() ?? false;
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}

/** The SDK's message tells one error after the other, down to the cause; the last ones say what to know. */
function lastCauseOf(complaint: string): string {
  const parts = complaint.trim().split(': ');
  return parts.at(-1) === '' ? 'the SDK ended without a binary and without a message' : parts.slice(-3).join(': ');
}
