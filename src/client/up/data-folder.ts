import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { failure } from '../../contracts/failures';
import { reasonOf } from './reason';

/** Where everything of one data folder lies. All paths are absolute and inside `root`. */
export interface DataFolder {
  readonly root: string;
  /** The dev server's SQLite file. */
  readonly temporalDatabase: string;
  readonly logs: string;
  readonly artifacts: string;
  /** What agents and models said to each other, where no DATABASE_URL is set. */
  readonly transcripts: string;
  /** PGlite's own folder; PGlite creates it. */
  readonly database: string;
  readonly reports: string;
  /** What the payment provider and the mailer of this folder accepted. */
  readonly outside: string;
  /** The workers of this folder whose models can be watched, one file each. */
  readonly watchDoors: string;
  /** The record of what is up: see up-state. */
  readonly upState: string;
}

/** Names the paths of a data folder. Touches nothing. */
export function dataFolder(dir: string): DataFolder {
  const root = resolve(dir);
  return {
    root,
    temporalDatabase: join(root, 'temporal.db'),
    logs: join(root, 'logs'),
    artifacts: join(root, 'artifacts'),
    transcripts: join(root, 'transcripts'),
    database: join(root, 'database'),
    reports: join(root, 'reports'),
    outside: join(root, 'outside'),
    watchDoors: join(root, 'watch-doors'),
    upState: join(root, 'up.json'),
  };
}

/**
 * Makes a data folder ready for use: creates it, for its owner only, when it is missing, and proves that it can be
 * written by writing. An existing folder keeps its mode.
 *
 * @throws DataFolderUnusable when it is not a folder, or cannot be created or written
 */
export async function openDataFolder(dir: string): Promise<DataFolder> {
  const folder = dataFolder(dir);
  const probe = join(folder.root, `.probe-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    for (const path of [
      folder.root,
      folder.logs,
      folder.artifacts,
      folder.transcripts,
      folder.reports,
      folder.watchDoors,
    ]) {
      await mkdir(path, { recursive: true, mode: 0o700 });
    }
    await writeFile(probe, '', { flag: 'wx', mode: 0o600 });
    await rm(probe);
  } catch (error) {
    throw failure(
      'DataFolderUnusable',
      `The data folder ${folder.root} must be a folder that can be written, but: ${reasonOf(error)}. ` +
        'Correct its rights, or name another with --data DIR or COUNTERPOINT_DATA.',
      { dataFolder: folder.root, reason: reasonOf(error) },
    );
  }
  return folder;
}
