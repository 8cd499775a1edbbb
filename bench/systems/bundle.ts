import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { bundleWorkflows } from '../../src/build/bundle';

const logger = new DefaultLogger('ERROR');

/** Bundles workflows as the SDK does by itself, and says how large the bundle is. */
export async function bundleInto(file: string, workflowsPath: string): Promise<number> {
  return written(file, await bundleWorkflowCode({ workflowsPath, logger }));
}

/** Bundles processes as `npm run build` does. */
export async function bundleProcessesInto(file: string, workflowsPath: string): Promise<number> {
  return written(file, await bundleWorkflows(workflowsPath, logger));
}

async function written(file: string, { code }: { readonly code: string }): Promise<number> {
  await writeFile(file, code);
  return Buffer.byteLength(code);
}
