import pc from 'picocolors';
import type { FaultKind } from '../../contracts/rehearsal';
import { oneLine, table } from '../terminal';
import type { Row } from './judge';
import type { Rehearsed } from './rehearse';

/** Faults as people read them. */
const faultWords: Readonly<Record<FaultKind | 'none', string>> = {
  none: 'none',
  failsOnce: 'fails before, once',
  failsBefore: 'fails before',
  failsAfter: 'fails after',
  timesOut: 'times out, outcome unknown',
  workerDies: 'worker dies',
  cancelled: 'run is cancelled',
  rejectedLater: 'output rejected later',
  rejectedAtEnd: 'output rejected at the end',
  signOffRejected: 'person rejects at the end',
};

/** Records of a difference that are shown, and how much of each. */
const recordsShownMax = 3;
const recordLengthMax = 160;

/** `3 of 16: fileReview-1, worker dies: completed, 4.1 s` */
export function describeRehearsed({ row, tookMs, done, total }: Rehearsed): string {
  const what = row.step === null ? 'without faults' : `${row.step}, ${faultWords[row.fault]}`;
  const seconds = (tookMs / 1_000).toFixed(1);
  const wrong = row.isGreen ? '' : ', NOT AS EXPECTED';
  return oneLine(`${done} of ${total ?? '?'}: ${what}: ${row.outcome}, ${seconds} s${wrong}`);
}

/** The table of a rehearsal, what is wrong in it, and the sum. */
export function describeRehearsal(rows: readonly Row[]): string {
  const wrong = rows.filter(({ isGreen }) => !isGreen);
  const rehearsed = rows.filter(({ outcome }) => outcome !== 'impossible');
  const twice = rows.reduce((sum, { doneTwice }) => sum + doneTwice, 0);
  return [
    table(['effect', 'fault', 'outcome', 'undone', 'state', 'twice', ''], rows.map(cellsOf)),
    ...wrong.map((row) => `\n${describeWrong(row)}`),
    '',
    `${rehearsed.length - wrong.length} of ${rehearsed.length} runs ended as they must; effects done twice: ${twice}.`,
  ].join('\n');
}

function cellsOf({ step, fault, outcome, undone, expected, isAsExpected, doneTwice, note, isGreen }: Row): string[] {
  if (outcome === 'impossible') return [step ?? '', faultWords[fault], '–', '', '', '', note ?? ''];
  const state = isAsExpected ? (expected ?? '') : `not ${expected ?? ''}`;
  return [
    step ?? '',
    faultWords[fault],
    outcome,
    undone.length === 0 ? '–' : undone.join(', '),
    state,
    String(doneTwice),
    isGreen ? 'ok' : pc.bold('WRONG'),
  ];
}

function describeWrong({ step, fault, note, expected, difference }: Row): string {
  const shown = (sign: string, records: readonly string[]) =>
    records
      .slice(0, recordsShownMax)
      .map((record) => `  ${sign} ${oneLine(record).slice(0, recordLengthMax)}`)
      .concat(records.length > recordsShownMax ? [`  ${sign} and ${records.length - recordsShownMax} more`] : []);
  return [
    oneLine(`${step ?? 'without faults'}, ${faultWords[fault]}: ${note ?? `against the ${expected ?? ''} state`}`),
    ...shown('+', difference.added),
    ...shown('-', difference.removed),
  ].join('\n');
}
