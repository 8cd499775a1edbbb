import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultLogger } from '@temporalio/worker';
import { bundleWorkflows } from './bundle';

/** Bundles the workflows at build time, so that a worker is ready in a second. */
async function main(): Promise<void> {
  const { code } = await bundleWorkflows(join(__dirname, '..', 'workflows', 'index.js'), new DefaultLogger('WARN'));
  await writeFile(join(__dirname, '..', 'workflow-bundle.js'), code);
}

void main();
