import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findTemporalBinary } from '../src/client/up/temporal-binary';
import { loadConfig } from '../src/config';
import { conduct } from './conduct';
import type { Plan } from './plan';
import { serverWays, type ServerWay } from './servers/temporal-server';
import { systems } from './systems';
import { quick, works } from './work';
import { report } from './report/report';

const help = `npm run bench -- [OPTIONS]

Measures Counterpoint beside what one would use instead, in one run, the systems in turn.

  --only NAME     only this work; may be repeated. Works: ${works.map(({ name }) => name).join(', ')}
  --system NAME   only this system; may be repeated. Systems: ${systems.map(({ name }) => name).join(', ')}
  --server WAY    only a server that is started this way: ${serverWays.join(', ')}. Default: both
  --rounds N      measurements that count. Default: 5
  --quick         one round of everything in small, to see that it runs; the figures mean little
  --json          the figures as JSON in place of the table
  --record        keep the figures, the table and the chart in bench/results, to compare with from now on
  --help          this

The work "children" takes long and is measured only when it is named.
`;

const roundsDefault = 5;
const startsDefault = 3;
const cannotRun = 2;
const text = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;

async function main(args: readonly string[]): Promise<number> {
  const asked = parsed(args);
  if (typeof asked === 'string') {
    process.stderr.write(`${asked}\n\n${help}`);
    return cannotRun;
  }
  if (asked.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const chosen = choose(asked);
  if (typeof chosen === 'string') {
    process.stderr.write(`${chosen}\n\n${help}`);
    return cannotRun;
  }
  const folder = await mkdtemp(join(tmpdir(), 'counterpoint-bench-'));
  try {
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const { cacheDir } = loadConfig(process.env);
    const temporalBinary = await findTemporalBinary('temporal', { cacheDir, env: process.env, onProgress: say });
    const measurements = await conduct({ ...chosen, temporalBinary, folder, say });
    await report(measurements, { ...chosen, isJson: asked.json === true, isRecorded: asked.record === true });
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
function choose({ only, system, server, rounds = String(roundsDefault), quick: isQuick = false }: Asked) {
  const unknown = [
    ...unknownOf('work', only, works),
    ...unknownOf('system', system, systems),
    ...unknownOf(
      'way of starting the server',
      server,
      serverWays.map((name) => ({ name })),
    ),
  ];
  if (!/^[1-9]\d?$/.test(rounds)) unknown.push(`--rounds takes a number from 1 to 99, not "${rounds}".`);
  if (unknown.length > 0) return unknown.join('\n');
  const named = works.filter(({ name, isByDefault }) => only?.includes(name) ?? isByDefault);
  const wanted = systems.filter(({ name }) => system?.includes(name) ?? true);
  return {
    works: isQuick ? named.map(quick) : named,
    systems: wanted.filter(({ missing }) => missing === undefined),
    missing: wanted.filter(({ missing }) => missing !== undefined),
    ways: serverWays.filter((way: ServerWay) => server?.includes(way) ?? true),
    rounds: isQuick ? 1 : Number(rounds),
    startsCount: isQuick ? 1 : startsDefault,
    measuresReplay: true,
    isQuick,
  } satisfies Omit<Plan, 'temporalBinary' | 'folder' | 'say'> & Record<string, unknown>;
}

function unknownOf(what: string, asked: readonly string[] | undefined, known: readonly { readonly name: string }[]) {
  const names = known.map(({ name }) => name);
  return (asked ?? [])
    .filter((name) => !names.includes(name))
    .map((name) => `There is no ${what} "${name}". There are: ${names.join(', ')}.`);
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
