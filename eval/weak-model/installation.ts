import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from '@temporalio/client';
import { fileArtifactStore, type ArtifactStore } from '../../src/activities/stores/artifact-store';
import { offloadingDataConverter } from '../../src/activities/stores/payload-store';
import { connect } from '../../src/client/session';
import { openDataFolder } from '../../src/client/up/data-folder';
import { readUpState } from '../../src/client/up/up-state';
import { loadConfig } from '../../src/config';
import { EvaluationCannotRun } from '../evaluation';

const root = join(__dirname, '..', '..');
const program = join(root, 'dist', 'counterpoint.js');
const upWithinMs = 120_000;
const lookEveryMs = 500;

/** The compiled command line over a data folder in which a server and a worker are up. */
export interface Installation {
  readonly client: Client;
  readonly artifacts: ArtifactStore;
  /** Runs a command and gives its standard output. */
  readonly run: (...words: readonly string[]) => Promise<string>;
  close(): Promise<void>;
}

/**
 * Brings a server and a worker up in a data folder, with these variables beside those of the environment.
 *
 * @throws `EvaluationCannotRun` when the project is not built, or nothing comes up
 */
export async function bringUpInstallation(
  dataDir: string,
  variables: Readonly<Record<string, string>>,
): Promise<Installation> {
  if (!existsSync(program)) throw new EvaluationCannotRun('The project is not built: run `npm run build` first.');
  const environment = { ...process.env, COUNTERPOINT_DATA: dataDir, ...variables };
  const up = spawn(process.execPath, [program, 'up'], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  up.stderr.setEncoding('utf8').on('data', (part: string) => {
    said += part;
  });
  try {
    const folder = await openDataFolder(dataDir);
    const address = await addressOf(up, dataDir, () => said);
    const artifacts = fileArtifactStore(folder.artifacts);
    const connection = await connect(loadConfig(environment), address);
    const client = new Client({ connection, dataConverter: offloadingDataConverter(artifacts) });
    return {
      ...{ client, artifacts },
      async run(...words) {
        const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], { env: environment });
        return stdout;
      },
      async close() {
        await connection.close();
        await end(up);
      },
    };
  } catch (error) {
    await end(up);
    throw error;
  }
}

async function addressOf(up: ChildProcess, dataDir: string, said: () => string): Promise<string> {
  const folder = await openDataFolder(dataDir);
  const deadline = Date.now() + upWithinMs;
  while (Date.now() < deadline) {
    const state = await readUpState(folder);
    if (state.state === 'up' && state.record.workerPid !== undefined) return state.record.address;
    if (up.exitCode !== null) break;
    await wait(lookEveryMs);
  }
  throw new EvaluationCannotRun(`Nothing came up in ${dataDir}. ${said().trim()}`);
}

async function end(up: ChildProcess): Promise<void> {
  if (up.exitCode !== null) return;
  const ended = once(up, 'close');
  up.kill('SIGINT');
  await ended;
}
