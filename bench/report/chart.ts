import { floorName } from './table';
import type { Row, Summary } from './summary';

const width = 760;
const left = 190;
const right = 70;
const barHeight = 13;
const groupGap = 14;
const top = 52;
/** From a thirtieth of the floor to thirty times as long; what is beyond ends at the edge. */
const decadesMax = 1.5;
const colours = ['#1b4f9c', '#8fa9d0', '#c2571a', '#4a7d3a', '#7a4f8f'];

/**
 * Wall time of each system by the floor's, a group of bars a work, on the server with the queue limit lifted: to the
 * left of the line is faster than the floor, on a scale of powers of ten.
 */
export function chartOf(summary: Summary): string {
  const rows = summary.rows.filter(({ server }) => server === 'lifted');
  const names = [...new Set(rows.map(({ system }) => system))].filter((name) => name !== floorName);
  const groups = [...new Set(rows.map(titleOf))].flatMap((title) => {
    const ofWork = rows.filter((row) => titleOf(row) === title);
    const floor = ofWork.find(({ system }) => system === floorName);
    return floor === undefined ? [] : [{ title, floor, bars: ofWork.filter(({ system }) => system !== floorName) }];
  });
  let y = top;
  const parts = groups.map(({ title, floor, bars }) => {
    const first = y;
    const drawn = bars.map((row, index) =>
      bar(row, floor, { y: first + index * barHeight, colour: colourOf(names, row) }),
    );
    y += Math.max(bars.length, 1) * barHeight + groupGap;
    return label({ x: left - 8, y: first + 10, anchor: 'end' }, title) + drawn.join('');
  });
  const middle = xOf(1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 10}" font-family="sans-serif" font-size="11">`,
    `<rect width="${width}" height="${y + 10}" fill="white"/>`,
    label(
      { x: width / 2, y: 18, anchor: 'middle' },
      `Wall time by that of the ${floorName}: left of the line is faster`,
    ),
    ...names.map((name, index) => legend(name, index)),
    ...parts,
    `<path stroke="black" d="M${middle} ${top - 6}V${y - groupGap + 4}"/>`,
    '</svg>\n',
  ].join('\n');
}

function titleOf({ work, delayMs }: Row): string {
  return `${work}, model ${delayMs} ms`;
}

function colourOf(names: readonly string[], { system }: Row): string {
  return colours[names.indexOf(system) % colours.length] ?? 'black';
}

function bar(row: Row, floor: Row, { y, colour }: { readonly y: number; readonly colour: string }): string {
  const ratio = row.wallMs.median / floor.wallMs.median;
  const [from, to] = [xOf(1), xOf(ratio)].sort((one, other) => one - other);
  const start = from ?? 0;
  const end = to ?? 0;
  const figure = label({ x: end + 4, y: y + 10, anchor: 'start' }, ratio.toFixed(2));
  return `<rect x="${start}" y="${y}" width="${Math.max(end - start, 1)}" height="${barHeight - 3}" fill="${colour}"/>${figure}`;
}

/** Where a ratio is drawn. */
function xOf(ratio: number): number {
  const decades = Math.max(-decadesMax, Math.min(decadesMax, Math.log10(ratio)));
  return Math.round(left + ((decades + decadesMax) / (2 * decadesMax)) * (width - left - right));
}

function legend(name: string, index: number): string {
  const x = left + index * 120;
  const colour = colours[index % colours.length] ?? 'black';
  return `<rect x="${x}" y="28" width="10" height="10" fill="${colour}"/>${label({ x: x + 14, y: 37, anchor: 'start' }, name)}`;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Names of works and systems are the benchmark's own and need no escapes. */
function label({ x, y, anchor }: Place, words: string): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;
}
