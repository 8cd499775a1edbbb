import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Measurements } from '../measure/sample';
import type { System } from '../systems/system';
import { chartOf } from './chart';
import { comparisonOf } from './comparison';
import { summarise, type Summary } from './summary';
import { tableOf } from './table';

/** What was measured, and how it is to be told. */
export interface Reporting {
  readonly systems: readonly System[];
  /** Those that could not be measured here. */
  readonly missing: readonly System[];
  readonly rounds: number;
  readonly isQuick: boolean;
  readonly isJson: boolean;
  /** Whether it is kept among the committed results. */
  readonly isRecorded: boolean;
  readonly say: (line: string) => void;
}

/** The project's own folder, seen from where this file is compiled to. */
const root = join(__dirname, '..', '..', '..', '..');
const recordedFolder = join(root, 'bench', 'results');
const ownFolder = join(root, 'bench', '.results');

/** Tells the figures on standard output, compared with the committed ones, and writes them to files. */
export async function report(measurements: Measurements, reporting: Reporting): Promise<void> {
  const { isJson, isRecorded, say } = reporting;
  const summary = summarise(measurements, reporting);
  const recorded = await recordedSummary();
  const table = tableOf(summary);
  const comparison =
    recorded === undefined ? 'There are no committed results to compare with.\n' : comparisonOf(summary, recorded);
  const json = `${JSON.stringify(summary, null, 2)}\n`;
  process.stdout.write(isJson ? json : `${table}\n${comparison}`);
  const folder = isRecorded ? recordedFolder : ownFolder;
  await mkdir(folder, { recursive: true });
  const files = { 'latest.json': json, 'latest.txt': table, 'latest.svg': chartOf(summary) };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  say(`Written to ${relative(process.cwd(), folder)}: ${Object.keys(files).join(', ')}`);
}

async function recordedSummary(): Promise<Summary | undefined> {
  try {
    return JSON.parse(await readFile(join(recordedFolder, 'latest.json'), 'utf8')) as Summary; // written by this program
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // what node:fs rejects with
    throw error;
  }
}
