const bytesPerKb = 1_024;
const bytesPerMb = 1_048_576;
/** In place of a figure that there is not. */
export const none = '–';

/** A figure by another, to a hundredth. */
export function ratio(value: number | undefined, other: number | undefined): string {
  return value === undefined || other === undefined || other === 0 ? none : (value / other).toFixed(2);
}

export function ms(value: number | undefined): string {
  return value === undefined ? none : `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

export function mb(bytes: number | undefined): string {
  return bytes === undefined ? none : `${(bytes / bytesPerMb).toFixed(1)} MB`;
}

export function kb(bytes: number): string {
  return `${(bytes / bytesPerKb).toFixed(0)} KB`;
}

/** Lines of cells in columns: the first to the left, figures to the right. */
export function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return lines.map((line) => `  ${line.map(cell).join('  ')}`).join('\n');
}
