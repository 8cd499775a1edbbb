import { readFile } from 'node:fs/promises';
import { parseDocument, visit } from 'yaml';
import { failure, type Failure } from '../../contracts/failures';
import { issuesOf } from '../../contracts/issues';
import { ModelTable } from '../../contracts/model-table';

const bytesMax = 256 * 1024;

/**
 * Reads the model table from a file of YAML.
 *
 * @throws `InvalidInput` when there is none, or it is over 256 KB, no plain YAML, or does not fit its schema
 */
export async function readModelTable(path: string): Promise<ModelTable> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw invalid(path, error instanceof Error ? error.message : String(error));
  });
  const bytes = Buffer.byteLength(text);
  if (bytes > bytesMax) throw invalid(path, `expected at most ${bytesMax} bytes, came ${bytes}`);
  const document = parseDocument(text, { prettyErrors: true });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) throw invalid(path, fault.message);
  visit(document, {
    Alias: (_key, { source }) => {
      throw invalid(path, `expected plain YAML, came the alias *${source}`);
    },
  });
  const table = ModelTable.safeParse(document.toJS() ?? {});
  if (table.success) return table.data;
  throw invalid(path, issuesOf(table.error));
}

function invalid(path: string, why: string): Failure {
  return failure(
    'InvalidInput',
    `The model table ${path} cannot be used: ${why}. Correct it, or name another by COUNTERPOINT_MODEL_TABLE.`,
  );
}
