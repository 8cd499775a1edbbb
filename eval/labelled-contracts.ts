import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { EvaluationCannotRun } from './evaluation';

const LabelFile = z.object({
  labels: z.record(
    z.string(),
    z.object({ spans: z.array(z.object({ text: z.string(), found_in_text: z.boolean() })) }),
  ),
});

/** A labelled span as the data set gives it; `inSource` is false when its words do not stand in the source text. */
type Label = { readonly text: string; readonly inSource: boolean };

/** A contract as its file holds it, with the labelled spans of each category. */
export type LabelledContract = {
  readonly name: string;
  readonly raw: string;
  readonly labels: ReadonlyMap<string, readonly Label[]>;
};

/** The folder that holds the labelled contracts. */
function labelledContractsFolder(): string {
  const data = process.env['COUNTERPOINT_REAL_DATA'] ?? path.join('..', 'shared', 'data');
  return path.resolve(data, 'cuad', 'contracts');
}

/** Reads every `*.txt` that has a `*.labels.json` beside it, in the order of names. */
export function readLabelledContracts(): LabelledContract[] {
  const folder = labelledContractsFolder();
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.labels.json'))
        .sort()
    : [];
  if (names.length === 0) {
    throw new EvaluationCannotRun(
      `No labelled contracts were found in ${folder}. ` +
        'Set COUNTERPOINT_REAL_DATA to the folder that holds cuad/contracts with *.txt and *.labels.json.',
    );
  }
  return names.map((name) => readContract(folder, name));
}

function readContract(folder: string, labelFile: string): LabelledContract {
  const name = labelFile.replace(/\.labels\.json$/, '');
  const { labels } = LabelFile.parse(JSON.parse(readFileSync(path.join(folder, labelFile), 'utf8')));
  return {
    name,
    raw: readFileSync(path.join(folder, `${name}.txt`), 'utf8'),
    labels: new Map(
      Object.entries(labels).map(([category, { spans }]) => [
        category,
        spans.map((span) => ({ text: span.text, inSource: span.found_in_text })),
      ]),
    ),
  };
}
