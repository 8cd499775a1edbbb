import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
/** The project's own folder, seen from where this file is compiled to. */
const root = join(__dirname, '..', '..', '..', '..');
const peers = join(root, 'bench', 'peers');

/** Why no peer can be measured, until somebody installs them. */
export function peersMissing(): string | undefined {
  return existsSync(join(peers, 'node_modules'))
    ? undefined
    : 'not installed, so not measured; install it by: npm ci --prefix bench/peers';
}

let building: Promise<string> | undefined;

/** Compiles the peers, once, which find their own packages beside them. @returns the folder of the compiled programs */
export function buildPeers(): Promise<string> {
  return (building ??= build());
}

async function build(): Promise<string> {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await execute(process.execPath, [compiler, '-p', join(peers, 'tsconfig.json'), '--noCheck']);
  return join(peers, '.build', 'peers');
}

/** Runs a compiled program of a peer to its end. */
export async function runPeerProgram(file: string, args: readonly string[]): Promise<void> {
  await execute(process.execPath, [file, ...args]);
}
