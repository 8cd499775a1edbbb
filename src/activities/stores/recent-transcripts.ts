import { LRUCache } from 'lru-cache';
import type { TranscriptNode } from '../../contracts/transcript';
import type { TranscriptStore } from './transcript-store';

/** Of nodes as JSON: some thirty conversations of a megabyte. */
const charactersMaxDefault = 32 * 1_024 * 1_024;

/**
 * A transcript store that remembers what it was lately given, and what it lately gave: every turn of a conversation
 * reads all turns before it. A node is what its hash says, so what is remembered never goes stale; a node that is lost
 * or altered in the store is found out by the first worker that does not remember it.
 *
 * @param charactersMax what the remembered nodes may have together, as JSON
 */
export function recentTranscripts(
  store: TranscriptStore,
  charactersMax: number = charactersMaxDefault,
): TranscriptStore {
  const recent = new LRUCache<string, TranscriptNode>({
    maxSize: charactersMax,
    sizeCalculation: (node) => JSON.stringify(node).length,
  });
  return {
    async put(node) {
      const hash = await store.put(node);
      recent.set(hash, node);
      return hash;
    },
    async get(hash) {
      const known = recent.get(hash);
      if (known !== undefined) return known;
      const node = await store.get(hash);
      recent.set(hash, node);
      return node;
    },
  };
}
