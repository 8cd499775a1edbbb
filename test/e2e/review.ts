import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ReviewReport } from '../../src/contracts/contract-review';
import type { RunResult } from '../../src/contracts/outcome';
import type { RunView } from '../../src/contracts/run-view';
import { root, type Ended, type Installation } from './command-line';

export const samples = join(root, 'data', 'contracts');
export const sample = join(samples, 'reseller-agreement.txt');

const execute = promisify(execFile);

export type RunDocument = { readonly runId: string } & RunResult<ReviewReport>;

/** The one JSON document on a command's standard output. @throws when there is none, or more than one */
export function documentOf({ stdout, stderr }: Ended): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`not one JSON document: ${stdout}\nstandard error: ${stderr}`);
  }
}

/** What `run --wait --json` came to. @throws when it did not complete */
export function completed(ended: Ended): RunDocument & { readonly outcome: 'completed' } {
  const result = documentOf(ended) as RunDocument;
  if (result.outcome !== 'completed') throw new Error(`not completed: ${ended.stdout}`);
  return result;
}

type Shown = RunView & { readonly result?: RunDocument };

export async function show(installation: Installation, runId: string): Promise<Shown> {
  return documentOf(await installation.run('show', runId, '--json')) as Shown;
}

/** What the independent script says of a report: its exit code and its counts. */
export async function checkQuotes(report: string, contract: string) {
  const words = [join(__dirname, 'check-quotes.mjs'), report, contract];
  const checked = execute(process.execPath, words).then((out) => ({ code: 0, ...out }));
  const { code, stdout, stderr } = await checked.catch(
    (error: unknown) => error as { code: number; stdout: string; stderr: string }, // how execFile rejects
  );
  const [quotes = 0, standing = 0, links = 0] = (stdout.match(/\d+/g) ?? []).map(Number);
  return { exitCode: code, quotes, standing, links, stderr };
}

/** The reviews filed in a data folder's own database, which nothing may be using. */
export async function filedIn({
  folder,
}: Installation): Promise<{ readonly matterId: string; readonly contract: string }[]> {
  const script = `
    const { PGlite } = require('@electric-sql/pglite');
    PGlite.create(process.argv[1]).then(async (database) => {
      const { rows } = await database.query('select matter_id as "matterId", contract from matters order by number');
      await database.close();
      process.stdout.write(JSON.stringify(rows));
    });`;
  const { stdout } = await execute(process.execPath, ['-e', script, join(folder, 'database')], { cwd: root });
  return JSON.parse(stdout) as { matterId: string; contract: string }[];
}
