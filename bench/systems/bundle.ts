import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** Bundles workflows as `npm run build` does, and says how large the bundle is. */
export async function bundleInto(file: string, workflowsPath: string): Promise<number> {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  await writeFile(file, code);
  return Buffer.byteLength(code);
}
