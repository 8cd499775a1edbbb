import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '../../contracts/artifact';
import { failure } from '../../contracts/failures';
import { writeWhole } from './write-whole';

/** Stores large values by the hash of their content. The same content is stored once. */
export interface ArtifactStore {
  put(content: Uint8Array, about: { readonly mediaType: string; readonly name: string }): Promise<Artifact>;
  /** @throws `ArtifactMissing` when there is no such content, or it is not what its hash says */
  get(artifact: Artifact): Promise<Uint8Array>;
}

/** An artifact store in a folder: one file per content, written whole or not at all. */
export function fileArtifactStore(folder: string): ArtifactStore {
  return {
    async put(content, { mediaType, name }) {
      const sha256 = hashOf(content);
      const path = pathOf(folder, sha256);
      const bytes = content.byteLength;
      if ((await sizeOf(path)) !== bytes) {
        await mkdir(join(path, '..'), { recursive: true });
        await writeWhole(path, content);
      }
      return { sha256, bytes, mediaType, name };
    },
    async get({ sha256, name }) {
      const content = await readFile(pathOf(folder, sha256)).catch(nothingThere);
      if (content !== undefined && hashOf(content) === sha256) return content;
      const what = content === undefined ? 'is not in' : 'was altered in';
      throw failure(
        'ArtifactMissing',
        `The artifact ${name} (${sha256}) ${what} the artifact store. Restore the store's folder from its backup.`,
        { sha256, name },
      );
    },
  };
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(nothingThere))?.size;
}

function nothingThere(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // what node:fs rejects with
  throw error;
}

function pathOf(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256);
}
