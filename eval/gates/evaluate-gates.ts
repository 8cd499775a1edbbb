import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EvaluationCannotRun, type Evaluation } from '../evaluation';
import { measureGates, type GateMeasurement } from './measure-gates';
import { gateTables, letThroughShare } from './report-gates';
import { subjects } from './subject';

const trialsDefault = 6;
const seedDefault = 1;
const page = join(__dirname, '..', '..', 'docs', 'evaluation.md');
const begin = '<!-- gates: written by npm run eval -- gates --write -->';
const end = '<!-- /gates -->';

/** Seeds falsehoods into the outputs of agents, one a run, and reports which gates catch them. */
export const gates: Evaluation = {
  about: 'seeds falsehoods into agents’ outputs: --trials N of each kind (6), --seed N (1), --process NAME, --write',
  async measure({ options, say }) {
    const trialsEach = wholeNumber('trials', options['trials']) ?? trialsDefault;
    const seed = wholeNumber('seed', options['seed']) ?? seedDefault;
    const chosen = subjects.filter(({ name }) => options['process'] === undefined || name === options['process']);
    if (chosen.length === 0) {
      const known = subjects.map(({ name }) => name).join(', ');
      throw new EvaluationCannotRun(`--process must be one of ${known}, not ${String(options['process'])}.`);
    }
    const measurements: GateMeasurement[] = [];
    for (const subject of chosen) measurements.push(await measureGates({ subject, trialsEach, seed, say }));
    const table = gateTables(measurements);
    if (options['write'] === true) writeInto(table);
    const json = measurements.map((measurement) => ({
      ...measurement,
      letThroughShare: letThroughShare(measurement.verdicts),
    }));
    return { table, json };
  },
};

function writeInto(table: string): void {
  const text = readFileSync(page, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new EvaluationCannotRun(`Expected ${page} to hold the marks ${begin} and ${end} once each.`);
  }
  writeFileSync(page, `${before}${begin}\n\n${table}\n\n${end}${after}`);
}

function wholeNumber(name: string, option: string | boolean | undefined): number | undefined {
  if (option === undefined) return undefined;
  const value = Number(option);
  if (typeof option === 'string' && Number.isSafeInteger(value) && value > 0) return value;
  throw new EvaluationCannotRun(`--${name} must be a whole number above 0, not ${String(option)}.`);
}
