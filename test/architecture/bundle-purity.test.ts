import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = join(__dirname, '..', '..');
const workflows = join(root, 'src', 'workflows');

/** What a bundle may be made of, as paths below the project. */
const allowed = [
  /^src\/(workflows|contracts)\//,
  /^node_modules\/@temporalio\/(workflow|common|proto)\//,
  /^node_modules\/(zod|@noble\/hashes)\//,
  // What the workflow SDK itself brings.
  /^node_modules\/(ms|long|protobufjs|@protobufjs|nexus-rpc|assert|events|url|util|core-js|@bufbuild)\//,
];

/** The modules of a bundle that do not belong into the sandbox. Its source map names every module that went in. */
async function foreignModules(workflowsPath: string): Promise<string[]> {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  const [, encoded = ''] = /sourceMappingURL=data:application\/json[^,]*;base64,([A-Za-z0-9+/=]+)/.exec(code) ?? [];
  const { sources } = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as { sources: string[] };
  expect(sources.length).toBeGreaterThan(50);
  return sources.map(pathOf).filter((path) => path !== '' && !allowed.some((pattern) => pattern.test(path)));
}

/** A module's path below the project; nothing for the bundler's own glue. */
function pathOf(source: string): string {
  const path = source
    .replace(/^webpack:\/\/[^/]*\//, '')
    .replace(/^\.\//, '')
    .replace(/\?.*$/, '');
  if (path.startsWith('webpack/') || path.startsWith('external ') || path.startsWith('ignored|')) return '';
  const absolute = path.startsWith('/') ? path : join(root, path);
  const below = relative(root, absolute);
  return below.slice(Math.max(0, below.lastIndexOf('node_modules/')));
}

describe('the workflow bundle', () => {
  it('holds workflows, contracts and what they may import, and nothing else', async () => {
    expect(await foreignModules(join(workflows, 'index.ts'))).toEqual([]);
  });

  it.each([
    [
      'a tool',
      `import { fileReview } from '../../../src/activities/tools/file-review';\nexport const leak = async () => fileReview;`,
    ],
    [
      'an agent',
      `import { termReader } from '../../../src/agents/term-reader';\nexport const leak = async () => termReader;`,
    ],
    ['a client', `import { graphOf } from '../../../src/client/graph';\nexport const leak = async () => graphOf;`],
  ])('is found impure when %s is imported as a value', async (_what, code) => {
    const folder = await mkdtemp(join(__dirname, 'leak-'));
    try {
      await writeFile(join(folder, 'leak.ts'), code);
      const bundling = foreignModules(join(folder, 'leak.ts'));
      // Node's own modules are refused by the bundler already; anything else is named here.
      const foreign = await bundling.catch((error: unknown) => [String(error)]);
      expect(foreign.join()).toMatch(/src\/(activities|agents|client)\/|node:|disallowed/i);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
