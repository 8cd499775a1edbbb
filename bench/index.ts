import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findTemporalBinary } from '../src/client/up/temporal-binary';
import { loadConfig } from '../src/config';
import { conduct } from './conduct';
import { extras, extraTitles, type Plan } from './plan';
import { serverWays, type ServerWay } from './servers/temporal-server';
import { systems } from './systems';
import type { System } from './systems/system';
import { quick, works } from './work';
import type { Work } from './work/work';
import { report } from './report/report';

const roundsDefault = 3;

const help = `npm run bench -- [OPTIONS]

Measures Counterpoint beside what one would use instead, in one run, the systems in turn.

  --only NAME     only this; may be repeated
  --system NAME   only this system; may be repeated. Systems: ${systems.map(({ name }) => name).join(', ')}
  --server WAY    only a server that is started this way: ${serverWays.join(', ')}. Default: both
  --rounds N      measurements that count, for what does not take long. Default: ${roundsDefault}
  --quick         one round of everything but recovery in small, to see that it runs; the figures mean little
  --json          the figures as JSON in place of the table
  --record        keep what was measured in bench/results, to be compared with from now on; takes a whole run
  --help          this

What can be measured by its name:

${measurable()}

The table goes to standard output, and with it the figures (JSON) and a chart (SVG) to bench/.results, or with --record to
bench/results. What is measured is compared with what bench/results has.
`;

const seeHelp = '`npm run bench -- --help` lists the options.';
const startsDefault = 3;
const cannotRun = 2;
/** The exit code of a program that a signal ended is this and the signal's number. */
const signalled = 128;
const text = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;

async function main(args: readonly string[]): Promise<number> {
  const asked = parsed(args);
  if (typeof asked === 'string') {
    process.stderr.write(`${asked}\n${seeHelp}\n`);
    return cannotRun;
  }
  if (asked.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const chosen = choose(asked);
  if (typeof chosen === 'string') {
    process.stderr.write(`${chosen}\n${seeHelp}\n`);
    return cannotRun;
  }
  const folder = await mkdtemp(join(tmpdir(), 'counterpoint-bench-'));
  try {
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const { cacheDir } = loadConfig(process.env);
    const temporalBinary = await findTemporalBinary('temporal', { cacheDir, env: process.env, onProgress: say });
    const measurements = await conduct({ ...chosen, temporalBinary, folder, say });
    const isRecorded = asked.record === true;
    await report(measurements, { ...chosen, say, isJson: asked.json === true, isRecorded });
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function parsed(args: readonly string[]) {
  try {
    const options = { only: text, system: text, server: text, quick: flag, json: flag, record: flag, help: flag };
    return parseArgs({ args: [...args], options: { ...options, rounds: { type: 'string' } } }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Asked = Exclude<ReturnType<typeof parsed>, string>;

/** What to measure, or what is wrong with what was asked. */
function choose({ only, system, server, record, rounds = String(roundsDefault), quick: isQuick = false }: Asked) {
  const unknown = [
    ...unknownOf('measurement', only, [...works, ...extras.map((name) => ({ name }))]),
    ...unknownOf('system', system, systems),
    ...unknownOf(
      'way of starting the server',
      server,
      serverWays.map((name) => ({ name })),
    ),
  ];
  if (!/^[1-9]\d?$/.test(rounds)) unknown.push(`--rounds takes a number from 1 to 99, not "${rounds}".`);
  if (record === true && (isQuick || [only, system, server].some((some) => some !== undefined))) {
    unknown.push('--record keeps a whole run, so it goes with none of --only, --system, --server and --quick.');
  }
  const wanted = systems.filter(({ name }) => system?.includes(name) ?? true);
  const [missing, there] = [wanted.filter(isMissing), wanted.filter((one) => !isMissing(one))];
  if (there.length === 0) unknown.push(...missing.map(({ name, missing: why }) => `${name}: ${why}`));
  if (unknown.length > 0) return unknown.join('\n');
  const wantedWorks = works.filter(({ name, isByDefault }) => only?.includes(name) ?? isByDefault);
  return {
    works: isQuick ? wantedWorks.map(quick) : wantedWorks,
    extras: extras.filter((name) => only?.includes(name) ?? !(isQuick && name === 'recovery')),
    systems: there,
    missing,
    ways: serverWays.filter((way) => server?.includes(way) ?? isNeeded(way, wantedWorks)),
    rounds: isQuick ? 1 : Number(rounds),
    startsCount: isQuick ? 1 : startsDefault,
    isQuick,
  } satisfies Omit<Plan, 'temporalBinary' | 'folder' | 'say'> & Record<string, unknown>;
}

function isMissing(system: System): system is System & { readonly missing: string } {
  return system.missing !== undefined;
}

/** What is measured beside the works, and some works, need one server. */
function isNeeded(way: ServerWay, wanted: readonly Work[]): boolean {
  return way === 'lifted' || wanted.some(({ isOnEveryServer }) => isOnEveryServer);
}

function unknownOf(what: string, asked: readonly string[] | undefined, known: readonly { readonly name: string }[]) {
  const names = known.map(({ name }) => name);
  return (asked ?? [])
    .filter((name) => !names.includes(name))
    .map((name) => `There is no ${what} "${name}". There are: ${names.join(', ')}.`);
}

function measurable(): string {
  const ofWorks = works.map(({ name, title, isByDefault }): [string, string] => [
    name,
    isByDefault ? title : `${title}; only when it is named`,
  ]);
  return [...ofWorks, ...Object.entries(extraTitles)].map(([name, title]) => `  ${name.padEnd(14)}${title}`).join('\n');
}

// The servers end with this process only when it ends in order.
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const) {
  process.once(signal, () => process.exit(signalled + number));
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`The benchmark failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
    process.exit(1);
  },
);
