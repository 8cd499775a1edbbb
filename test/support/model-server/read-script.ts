import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { failure } from '../../../src/contracts/failures';
import { issuesOf } from '../../../src/contracts/issues';
import { ModelScript } from './script';

const problemsShownMax = 5;

/**
 * Reads a script from a file of YAML or JSON.
 *
 * @throws `InvalidInput` when the file cannot be read, is no YAML, or no script
 */
export async function readScript(path: string): Promise<ModelScript> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw failure('InvalidInput', `Expected a file that holds a script; ${path} cannot be read: ${why}.`, { path });
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings].slice(0, problemsShownMax);
  if (faults.length > 0) {
    const said = faults.map(({ message, pos }) => `line ${lines.linePos(pos[0]).line}: ${message}`).join('; ');
    throw failure('InvalidInput', `Expected YAML or JSON in ${path}; came ${said}. Correct the file.`, { path });
  }
  return asScript(document.toJS(), path);
}

/**
 * Holds a value against the schema of scripts.
 *
 * @param where where it comes from, for the message
 * @throws `InvalidInput` naming every field that is wrong
 */
export function asScript(value: unknown, where = 'the script'): ModelScript {
  const parsed = ModelScript.safeParse(value);
  if (parsed.success) return parsed.data;
  throw failure('InvalidInput', `The model server cannot play ${where}: ${issuesOf(parsed.error)}. Correct it.`);
}
