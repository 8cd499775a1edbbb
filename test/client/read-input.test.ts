import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readInput } from '../../src/client/read-input';
import type { Stores } from '../../src/client/session';
import type { Artifact } from '../../src/contracts/artifact';
import type { ProcessDescription } from '../../src/contracts/process';

describe('the input of a run', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counterpoint-input-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const fromJson: ProcessDescription = {
    name: 'greeting',
    version: '1',
    owner: 'front-desk',
    objective: 'Greet.',
    budget: { costMicroUsdMax: 1, tokensMax: 1, callsMax: 1, durationMsMax: 1 },
    input: z.strictObject({ name: z.string() }),
    output: z.string(),
  };
  const fromDocument: ProcessDescription = { ...fromJson, fromDocument: (document) => ({ name: document.name }) };
  const put: { content: string; name: string }[] = [];
  const stores = {
    putDocument(content: Uint8Array, name: string): Promise<Artifact> {
      put.push({ content: Buffer.from(content).toString(), name });
      return Promise.resolve({ sha256: '0'.repeat(64), bytes: content.byteLength, mediaType: 'text/plain', name });
    },
  } as Stores;

  async function fileOf(name: string, content: string): Promise<string> {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  }

  it.each<[what: string, name: string, content: string | undefined, message: RegExp]>([
    ['a file that is not there', 'missing.json', undefined, /cannot be read: ENOENT/],
    ['an empty file', 'empty.json', '', /empty\.json is empty/],
    ['JSON that is none', 'broken.json', '{"name"', /broken\.json is not valid JSON/],
    ['JSON that does not fit', 'misfit.JSON', '{"name": 1}', /does not fit greeting: name: /],
    ['a document for a process that takes none', 'letter.txt', 'Dear all', /takes JSON .* letter\.txt is not/],
  ])('refuses %s', async (_what, name, ...[content, message]) => {
    const file = content === undefined ? join(folder, name) : await fileOf(name, content);
    await expect(readInput(fromJson, file)).rejects.toMatchObject({
      type: 'InvalidInput',
      message: expect.stringMatching(message) as string,
    });
  });

  it('refuses a file over the limit without reading it', async () => {
    const file = await fileOf('huge.txt', '');
    await truncate(file, 16 * 1024 * 1024 + 1);
    await expect(readInput(fromDocument, file)).rejects.toMatchObject({
      type: 'InvalidInput',
      message: expect.stringContaining('16777216 are the most') as string,
    });
  });

  it.each(['/dev/zero', tmpdir()])('refuses %s, which is no regular file', async (file) => {
    await expect(readInput(fromDocument, file)).rejects.toMatchObject({
      type: 'InvalidInput',
      message: expect.stringContaining('is not a regular file') as string,
    });
  });

  it('takes JSON as it is, also for a process that starts from a document', async () => {
    const file = await fileOf('input.json', '{"name": "Ada"}');
    for (const process of [fromJson, fromDocument]) {
      const { about, store } = await readInput(process, file);
      expect(about).toBe('input.json');
      expect(await store(stores)).toEqual({ name: 'Ada' });
    }
    expect(put).toEqual([]);
  });

  it('stores a document only when told to, and starts from it', async () => {
    const { store } = await readInput(fromDocument, await fileOf('letter.txt', 'Dear all'));
    expect(put).toEqual([]);
    expect(await store(stores)).toEqual({ name: 'letter.txt' });
    expect(put).toEqual([{ content: 'Dear all', name: 'letter.txt' }]);
  });
});
