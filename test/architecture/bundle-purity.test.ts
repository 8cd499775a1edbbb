import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type Logger } from '@temporalio/worker';

const root = join(__dirname, '..', '..');

/** Own folders and packages that must never reach the sandbox. */
const outside = [
  /^src\/(activities|agents|client|build|outside)\//,
  /^src\/(config|worker|counterpoint|outside)\.ts$/,
  /^(test|eval)\//,
];
const packagesAllowed = /^node_modules\/(@temporalio\/(workflow|common|proto|worker)|@noble\/hashes|zod)\//;
const packagesOfTheSdk =
  /^node_modules\/(nexus-rpc|long|ms|protobufjs|@protobufjs|@opentelemetry|heap-js|assert|util)\//;

/** The modules of a bundle that have no place in it. */
function leaksOf(modules: readonly string[]): string[] {
  return modules.filter((path) => {
    if (path.startsWith('node_modules/')) return !packagesAllowed.test(path) && !packagesOfTheSdk.test(path);
    const builtin = path.replace(/^(external )?"?(node:)?/, '').replace(/".*$/, '');
    return outside.some((pattern) => pattern.test(path)) || builtinModules.includes(builtin);
  });
}

/** What has no place in the bundle of these workflows: what stands in it, or what the bundler refused to put there. */
async function leaksOfWorkflows(workflowsPath: string): Promise<string[]> {
  const said: string[] = [];
  const logger = new DefaultLogger('ERROR', ({ message }) => said.push(message));
  return modulesOf(workflowsPath, logger).then(leaksOf, () => said);
}

/** The modules that went into a bundle, as its source map lists them, relative to the project. */
async function modulesOf(workflowsPath: string, logger: Logger): Promise<string[]> {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger });
  const map = /sourceMappingURL=data:application\/json;(?:charset=[^;]+;)?base64,([A-Za-z0-9+/=]+)\s*$/.exec(code);
  if (map?.[1] === undefined) throw new Error('Expected a bundle with an inlined source map.');
  const { sources } = JSON.parse(Buffer.from(map[1], 'base64').toString('utf8')) as { sources: string[] };
  return sources.map((source) => {
    const path = source.replace(/^webpack:\/\/[^/]*\//, '').replace(/^\.\//, '');
    return path.startsWith(root) ? path.slice(root.length + 1) : path;
  });
}

describe('the workflow bundle', () => {
  it.each([
    [
      'a tool imported as a value',
      `export { readContract } from '../src/activities/tools/read-contract';`,
      /src\/activities\/tools\/read-contract|node:/,
    ],
    [
      'an agent imported as a value',
      `export { clauseExtractor } from '../src/agents/clause-extractor';`,
      /src\/agents\/clause-extractor/,
    ],
    ['the configuration', `export { loadConfig } from '../src/config';`, /node:|src\/config/],
    ['a package of the world', `export { parse } from 'yaml';`, /node_modules\/yaml/],
  ])('is found to leak when it holds %s', async (_what, line, leak) => {
    const folder = await mkdtemp(join(root, 'leak-'));
    try {
      const workflowsPath = join(folder, 'workflows.ts');
      await writeFile(workflowsPath, `${line}\nexport { contractReview } from '../src/workflows';\n`);
      expect((await leaksOfWorkflows(workflowsPath)).join()).toMatch(leak);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('holds workflows, contracts and the SDK, and nothing else', async () => {
    const modules = await modulesOf(join(root, 'src', 'workflows', 'index.ts'), new DefaultLogger('ERROR'));
    expect(leaksOf(modules)).toEqual([]);
    expect(modules).toContain('src/workflows/contract-review.ts');
    const own = modules.filter((path) => path.startsWith('src/'));
    expect(own.filter((path) => !/^src\/(workflows|contracts)\//.test(path))).toEqual([]);
  });
});
