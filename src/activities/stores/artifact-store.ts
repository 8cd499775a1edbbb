import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '../../contracts/artifact';
import { failure } from '../../contracts/failures';

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
      await mkdir(join(path, '..'), { recursive: true });
      const draft = `${path}.${randomUUID()}`;
      await writeFile(draft, content, { mode: 0o600 });
      await rename(draft, path);
      return { sha256, bytes: content.byteLength, mediaType, name };
    },
    async get({ sha256, name }) {
      const content = await readFile(pathOf(folder, sha256)).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // what readFile rejects with
        throw error;
      });
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

function pathOf(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256);
}
