import { join } from 'node:path';
import { bundleWorkflowCode, type Logger } from '@temporalio/worker';

/** zod's messages in forty languages, half a megabyte that no workflow reads. As zod's own modules ask for them. */
const unusedModules = ['../locales/index.cjs'];

/**
 * Bundles the workflows that a file exports, for workers and for replay.
 *
 * The source map names files and lines without quoting them: with their text, the bundle would be twice as large, in
 * the memory of every worker. See `docs/performance.md` for what each setting is worth.
 *
 * @returns the bundle's JavaScript, with its source map inlined
 */
export async function bundleWorkflows(workflowsPath: string, logger: Logger): Promise<{ readonly code: string }> {
  return bundleWorkflowCode({
    workflowsPath,
    logger,
    preloadModules: [join(__dirname, '..', 'workflows', 'engine', 'preloaded')],
    ignoreModules: unusedModules,
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-source-map' }),
  });
}
