import { parseArgs } from 'node:util';
import { extras, type Plan } from './plan';
import { serverWays, type ServerWay } from './servers/temporal-server';
import { systems as allSystems } from './systems';
import type { System } from './systems/system';
import { brief, quick, works } from './work';
import type { Extent, Work } from './work/work';

/** Measurements that count, where nothing is said of them. */
export const roundsDefault: Readonly<Record<Extent, number>> = { brief: 2, whole: 3 };
const startsCounts: Readonly<Record<Extent, number>> = { brief: 1, whole: 3 };

/** What the benchmark is to do. */
export interface Order extends Omit<Plan, 'temporalBinary' | 'folder' | 'say'> {
  /** The systems that were wanted and cannot be measured here. */
  readonly missing: readonly System[];
  readonly isQuick: boolean;
  readonly isJson: boolean;
  readonly isRecorded: boolean;
}

const text = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;
const flags = { whole: flag, quick: flag, json: flag, record: flag, help: flag };

/**
 * What the arguments ask for.
 *
 * @param systems those that there are, in the order of the table
 * @returns what to measure, or what is wrong with what was asked
 */
export function orderOf(
  args: readonly string[],
  systems: readonly System[] = allSystems,
): Order | 'help' | { readonly wrong: string } {
  try {
    const options = { only: text, system: text, server: text, rounds: { type: 'string' }, ...flags } as const;
    const asked = parseArgs({ args: [...args], options }).values;
    return asked.help === true ? 'help' : chosen(asked, systems);
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

interface Asked {
  readonly only?: readonly string[];
  readonly system?: readonly string[];
  readonly server?: readonly string[];
  readonly rounds?: string;
  readonly whole?: boolean;
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly record?: boolean;
}

function chosen(asked: Asked, systems: readonly System[]): Order | { readonly wrong: string } {
  const { only, system, server, quick: isQuick = false, record: isRecorded = false } = asked;
  const wanted = systems.filter(({ name }) => system?.includes(name) ?? true);
  const [missing, there] = [wanted.filter(isMissing), wanted.filter((one) => !isMissing(one))];
  const wrong = [...wrongsIn(asked, systems), ...(there.length === 0 ? missing.map(whyMissing) : [])];
  if (wrong.length > 0) return { wrong: wrong.join('\n') };
  const extent = extentOf(asked);
  const measured = isQuick ? worksOf(asked, extent).map(quick) : worksOf(asked, extent);
  return {
    works: measured,
    extras: extras.filter((name) => only?.includes(name) ?? (isQuick ? name !== 'recovery' : extent === 'whole')),
    systems: there,
    missing,
    ways: serverWays.filter((way) => server?.includes(way) ?? isNeeded(way, measured)),
    rounds: isQuick ? 1 : Number(asked.rounds ?? roundsDefault[extent]),
    startsCount: isQuick ? 1 : startsCounts[extent],
    ...{ isQuick, isRecorded, isJson: asked.json === true },
  };
}

/** What is named is measured as the whole has it. */
function extentOf({ only, whole, quick: isQuick, record }: Asked): Extent {
  return only !== undefined || [whole, isQuick, record].includes(true) ? 'whole' : 'brief';
}

function worksOf({ only }: Asked, extent: Extent): readonly Work[] {
  if (only !== undefined) return works.filter(({ name }) => only.includes(name));
  if (extent === 'whole') return works.filter((work) => work.extent !== 'named');
  return works.filter((work) => work.extent === 'brief').map(brief);
}

function wrongsIn(
  { only, system, server, rounds = '1', whole, quick: isQuick, record }: Asked,
  systems: readonly System[],
): string[] {
  const inPart = [only, system, server].some((some) => some !== undefined);
  return [
    ...unknownOf('measurement', only, [...works.map(({ name }) => name), ...extras]),
    ...unknownOf(
      'system',
      system,
      systems.map(({ name }) => name),
    ),
    ...unknownOf('way of starting the server', server, serverWays),
    ...(/^[1-9]\d?$/.test(rounds) ? [] : [`--rounds takes a number from 1 to 99, not "${rounds}".`]),
    ...(record === true && (inPart || isQuick === true)
      ? ['--record keeps a whole run, so it goes with none of --only, --system, --server and --quick.']
      : []),
    ...(whole === true && (only !== undefined || isQuick === true)
      ? ['--whole goes with neither --only nor --quick.']
      : []),
  ];
}

function unknownOf(what: string, asked: readonly string[] | undefined, known: readonly string[]): string[] {
  return (asked ?? [])
    .filter((name) => !known.includes(name))
    .map((name) => `There is no ${what} "${name}". There are: ${known.join(', ')}.`);
}

function isMissing(system: System): boolean {
  return system.missing !== undefined;
}

function whyMissing({ name, missing = '' }: System): string {
  return `${name}: ${missing}`;
}

/** What is measured beside the works, and some works, need one server. */
function isNeeded(way: ServerWay, measured: readonly Work[]): boolean {
  return way === 'lifted' || measured.some(({ isOnEveryServer }) => isOnEveryServer);
}
