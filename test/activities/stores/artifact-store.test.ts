import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileArtifactStore } from '../../../src/activities/stores/artifact-store';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artifacts-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const about = { mediaType: 'text/plain', name: 'note.txt' };
const content = Buffer.from('a note');
const sha256 = createHash('sha256').update(content).digest('hex');
const files = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());

describe('an artifact store in a folder', () => {
  it('names an artifact that is not there', async () => {
    const lost = { ...about, sha256, bytes: 6 };
    await expect(fileArtifactStore(folder).get(lost)).rejects.toMatchObject({
      type: 'ArtifactMissing',
      message: expect.stringMatching(/note\.txt .*is not in/) as string,
      details: { sha256, name: 'note.txt' },
    });
  });

  it('gives out nothing that was altered', async () => {
    const store = fileArtifactStore(folder);
    const artifact = await store.put(content, about);
    await writeFile(join(folder, sha256.slice(0, 2), sha256), 'another note');
    await expect(store.get(artifact)).rejects.toMatchObject({
      type: 'ArtifactMissing',
      message: expect.stringContaining('was altered in') as string,
    });
  });

  it('gives back what was put in, under the hash of its content', async () => {
    const store = fileArtifactStore(folder);
    const artifact = await store.put(content, about);
    expect(artifact).toEqual({ ...about, sha256, bytes: 6 });
    expect(Buffer.from(await store.get(artifact))).toEqual(content);
  });

  it('leaves a file alone that is there already, and puts one right that was cut off', async () => {
    const store = fileArtifactStore(folder);
    const artifact = await store.put(content, about);
    const path = join(folder, sha256.slice(0, 2), sha256);
    const { ino, mode } = await stat(path);
    expect(mode & 0o777).toBe(0o600);
    await store.put(content, about);
    expect((await stat(path)).ino).toBe(ino);
    await truncate(path, 2);
    await store.put(content, about);
    expect(Buffer.from(await store.get(artifact))).toEqual(content);
  });

  it('stores the same content once, also when it comes many times at once, and leaves no draft', async () => {
    const store = fileArtifactStore(folder);
    await Promise.all(Array.from({ length: 20 }, () => store.put(content, about)));
    expect((await files()).map(({ name }) => name)).toEqual([sha256]);
  });
});
