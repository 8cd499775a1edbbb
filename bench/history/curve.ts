import { targets, type Figure } from './measure';

const size = { width: 640, height: 400, margin: 60 };
const text = { columns: 60, rows: 16 };

/** The curve as a picture: bytes of history by calls, and the targets as crosses. */
export function curveSvg(figures: readonly Figure[]): string {
  const { width, height, margin } = size;
  const { callsMax, bytesMax } = extent(figures);
  const x = (calls: number) => Math.round(margin + (calls / callsMax) * (width - 2 * margin));
  const y = (bytes: number) => Math.round(height - margin - (bytes / bytesMax) * (height - 2 * margin));
  const label = (at: readonly [number, number], anchor: string, words: string) =>
    `<text x="${at[0]}" y="${at[1]}" text-anchor="${anchor}">${words}</text>`;
  const cross = ([calls, bytes]: readonly [number, number]) =>
    `<path stroke="crimson" d="M${x(calls) - 5} ${y(bytes) - 5}l10 10m0 -10l-10 10"/>` +
    label([x(calls) - 8, y(bytes) - 8], 'end', `target ${bytes / 1_000} KB`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    label([width / 2, 24], 'middle', 'History of a run by calls of tools, with answers of 5 KB each'),
    `<path stroke="black" fill="none" d="M${margin} ${margin}V${height - margin}H${width - margin}"/>`,
    label([width / 2, height - 16], 'middle', 'calls'),
    label([margin, margin - 12], 'middle', 'KB'),
    `<polyline fill="none" stroke="navy" stroke-width="2" points="${figures.map(({ calls, bytes }) => `${x(calls)},${y(bytes)}`).join(' ')}"/>`,
    ...figures.map(
      ({ calls, bytes }) =>
        `<circle cx="${x(calls)}" cy="${y(bytes)}" r="3" fill="navy"/>` +
        label([x(calls) + 6, y(bytes) + 16], 'start', `${Math.round(bytes / 1_000)}`) +
        label([x(calls), height - margin + 16], 'middle', String(calls)),
    ),
    ...[...targets].map(cross),
    '</svg>\n',
  ].join('\n');
}

/** The same for a terminal: `o` is measured, `x` is a target. */
export function curveText(figures: readonly Figure[]): string {
  const { callsMax, bytesMax } = extent(figures);
  const grid = Array.from({ length: text.rows + 1 }, () => Array<string>(text.columns + 1).fill(' '));
  const mark = (calls: number, bytes: number, sign: string) => {
    const row = grid[text.rows - Math.round((bytes / bytesMax) * text.rows)];
    if (row !== undefined) row[Math.round((calls / callsMax) * text.columns)] = sign;
  };
  for (const [calls, bytes] of targets) mark(calls, bytes, 'x');
  for (const { calls, bytes } of figures) mark(calls, bytes, 'o');
  const top = `${Math.round(bytesMax / 1_000)} KB`;
  const lines = grid.map((row, at) => `${(at === 0 ? top : '').padStart(8)} |${row.join('').trimEnd()}`);
  return [...lines, `${'0'.padStart(8)} +${'-'.repeat(text.columns)} ${callsMax} calls`].join('\n');
}

function extent(figures: readonly Figure[]): { readonly callsMax: number; readonly bytesMax: number } {
  return {
    callsMax: Math.max(1, ...figures.map(({ calls }) => calls)),
    bytesMax: Math.max(1, ...figures.map(({ bytes }) => bytes), ...targets.values()),
  };
}
