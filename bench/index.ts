import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTemporalBinary } from '../src/client/up/temporal-binary';
import { loadConfig } from '../src/config';
import { conduct } from './conduct';
import { help } from './help';
import { orderOf, type Order } from './options';
import { report } from './report/report';

const seeHelp = '`npm run bench -- --help` lists the options.';
const cannotRun = 2;
/** A server that is just being ended may still write. */
const removalsMax = 5;
/** The exit code of a program that a signal ended is this and the signal's number. */
const signalled = 128;

async function main(args: readonly string[]): Promise<number> {
  const order = orderOf(args);
  if (order === 'help') {
    process.stdout.write(help);
    return 0;
  }
  if ('wrong' in order) {
    process.stderr.write(`${order.wrong}\n${seeHelp}\n`);
    return cannotRun;
  }
  await measure(order);
  return 0;
}

async function measure(order: Order): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'counterpoint-bench-'));
  // However this process ends: the servers' files are hundreds of megabytes.
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: removalsMax });
  });
  const { cacheDir } = loadConfig(process.env);
  const temporalBinary = await findTemporalBinary('temporal', { cacheDir, env: process.env, onProgress: say });
  await report(await conduct({ ...order, temporalBinary, folder, say }), { ...order, say });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

// The servers end with this process only when it ends in order.
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const) {
  process.once(signal, () => {
    say('Interrupted: nothing is kept of what was measured.');
    process.exit(signalled + number);
  });
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`The benchmark failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
    process.exit(1);
  },
);
