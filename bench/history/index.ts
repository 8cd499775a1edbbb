/**
 * Measures how the history of a run grows with the calls that an agent's model makes of tools, whose answers are long:
 *
 *     npm run bench:history                draws the curve to docs/img/history.svg, too
 *     npm run bench:history -- --json      prints the figures alone
 *
 * The run, its worker, the server, the tools and the transcripts are real; the model is a server with a script.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { curveSvg, curveText } from './curve';
import { measure, targets, tableText } from './measure';

const help = `Usage: npm run bench:history [-- --json]

Measures how the history of a run grows with the calls that an agent's model makes of tools with answers of 5 KB, prints
the table, and draws the curve to docs/img/history.svg. Takes about a minute. Exit code 1: a figure is over its target.

  --json  the figures as one JSON document; draws nothing
`;

async function main(words: readonly string[]): Promise<void> {
  const unknown = words.filter((word) => word !== '--json' && word !== '--help');
  if (unknown.length > 0 || words.includes('--help')) {
    process.exitCode = unknown.length > 0 ? 2 : 0;
    const said = unknown.length > 0 ? `There is no option ${unknown.join(' ')}.\n` : '';
    (unknown.length > 0 ? process.stderr : process.stdout).write(`${said}${help}`);
    return;
  }
  const figures = await measure((line) => void process.stderr.write(`${line}\n`));
  if (words.includes('--json')) {
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  } else {
    await writeFile(join(__dirname, '../../docs/img/history.svg'), curveSvg(figures));
    process.stdout.write(`${tableText(figures)}\n`);
    if (process.stdout.isTTY) process.stdout.write(`\n${curveText(figures)}\n`);
  }
  const over = figures.filter(({ calls, bytes }) => bytes >= (targets.get(calls) ?? Infinity));
  for (const { calls, bytes } of over) {
    process.stderr.write(`Expected less than ${targets.get(calls) ?? 0} bytes for ${calls} calls; came ${bytes}.\n`);
  }
  process.exitCode = over.length > 0 ? 1 : 0;
}

void main(process.argv.slice(2));
