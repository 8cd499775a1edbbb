import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { failure } from '../contracts/failures';
import { issuesOf } from '../contracts/issues';
import type { ProcessDescription } from '../contracts/process';
import type { Stores } from './session';
import { codeOf, reasonOf } from './up/reason';

/** An input file larger than this is refused before it is read. */
const inputBytesMax = 16 * 1024 * 1024;

/** What a run is started with, and what it is about. */
export interface RunInput {
  readonly about: string;
  /** Puts a document where the run finds it, and gives the input of the process. */
  readonly store: (stores: Stores) => Promise<unknown>;
}

/**
 * Reads a run's input: JSON as it is, anything else as the document of a process that starts from one.
 *
 * @param file a path, or `-` for standard input
 * @throws `InvalidInput` saying what was expected and what came
 */
export async function readInput(process: ProcessDescription, file: string): Promise<RunInput> {
  const content = file === '-' ? await readStandardInput() : await readInputFile(file);
  const name = file === '-' ? 'standard input' : basename(file);
  const { fromDocument } = process;
  if (content.byteLength === 0) {
    throw failure('InvalidInput', `${name} is empty. Give the document or the JSON to work on.`, { name });
  }
  if (isJson(file, content)) {
    const input = parseJson(content.toString('utf8'), name);
    assertFits(process, input);
    return { about: name, store: () => Promise.resolve(input) };
  }
  if (fromDocument === undefined) {
    throw failure('InvalidInput', `${process.name} takes JSON as its input, and ${name} is not a .json file.`, {
      name,
    });
  }
  return { about: name, store: async (stores) => fromDocument(await stores.putDocument(content, name)) };
}

/** @throws `InvalidInput` naming what does not fit */
export function assertFits(process: ProcessDescription, input: unknown): void {
  const parsed = process.input.safeParse(input);
  if (parsed.success) return;
  throw failure('InvalidInput', `The input does not fit ${process.name}: ${issuesOf(parsed.error)}`);
}

function isJson(file: string, content: Buffer): boolean {
  return /\.json$/i.test(file) || (file === '-' && /^\s*\{/.test(content.toString('utf8', 0, 100)));
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw failure('InvalidInput', `${name} is not valid JSON: ${error instanceof Error ? error.message : ''}`, {
      name,
    });
  }
}

async function readInputFile(file: string): Promise<Buffer> {
  try {
    const about = await stat(file);
    if (!about.isFile()) {
      throw failure('InvalidInput', `${file} is not a regular file. Give a file, or - for standard input.`, { file });
    }
    const { size } = about;
    if (size > inputBytesMax) {
      throw failure('InvalidInput', `${file} has ${size} bytes; ${inputBytesMax} are the most. Give a smaller file.`, {
        file,
      });
    }
    return await readFile(file);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw failure('InvalidInput', `The input file cannot be read: ${reasonOf(error)}. Check --input.`, { file });
  }
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer); // standard input without an encoding gives buffers
    bytes += (chunk as Buffer).byteLength;
    if (bytes > inputBytesMax) throw failure('InvalidInput', `Standard input gave more than ${inputBytesMax} bytes.`);
  }
  return Buffer.concat(chunks);
}
