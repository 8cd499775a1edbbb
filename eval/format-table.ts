import { ratesOf, type Counts } from './clause-score';

const headings = [
  'Labels',
  'Recalled',
  'Found',
  'Right',
  'Precision',
  'Recall',
  'F1',
  'Strict P',
  'Strict R',
  'Quote length',
];

/** Formats counts as a Markdown table, one row each; a rate without anything to divide by is a dash. */
export function formatTable(
  title: string,
  rows: readonly { readonly name: string; readonly counts: Counts }[],
): string {
  return alignedTable([[title, ...headings], ...rows.map(({ name, counts }) => [name, ...cellsOf(counts)])]);
}

/** A Markdown table of a heading and rows, the first column to the left, the others to the right. */
export function alignedTable(cells: readonly (readonly string[])[]): string {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) => toLine(row, widths));
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function cellsOf(counts: Counts): string[] {
  const rates = ratesOf(counts);
  const strict = ratesOf(counts, true);
  const whole = [counts.labels, counts.recalled, counts.found, counts.right].map(String);
  const shares = [rates.precision, rates.recall, rates.f1, strict.precision, strict.recall].map(percent);
  return [...whole, ...shares, counts.found === 0 ? '–' : String(Math.round(counts.quoteCharacters / counts.found))];
}

/** A rate as a percentage; a dash when there was nothing to divide by. */
export function percent(rate: number | null): string {
  return rate === null ? '–' : `${Math.round(rate * 100)} %`;
}

function toLine(row: readonly string[], widths: readonly number[]): string {
  const padded = row.map((cell, column) =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
  );
  return `| ${padded.join(' | ')} |`;
}
