import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { pluginFor } from './plugin';

/** Bundles the peer's workflows into the file that is named. */
async function main(file: string): Promise<void> {
  const plugins = [pluginFor('http://127.0.0.1/v1')];
  const workflowsPath = join(__dirname, 'workflows.js');
  const { code } = await bundleWorkflowCode({ workflowsPath, plugins, logger: new DefaultLogger('ERROR') });
  await writeFile(file, code);
}

void main(process.argv[2] ?? '');
