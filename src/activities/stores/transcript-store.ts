import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../../contracts/failures';
import { canonicalJson } from '../../contracts/json';
import { TranscriptNode } from '../../contracts/transcript';
import { writeWhole } from './write-whole';

/** Stores what agents and models said to each other: each node once, under the hash of its canonical JSON. */
export interface TranscriptStore {
  /**
   * @returns the node's hash
   * @throws `TranscriptNotKept`
   */
  put(node: TranscriptNode): Promise<string>;
  /** @throws `TranscriptMissing` when there is no such node, or it is not what its hash says */
  get(hash: string): Promise<TranscriptNode>;
}

/** Where the texts of nodes are kept. Putting a text right that was altered is the keeping place's part. */
export interface KeptTexts {
  readonly keep: (hash: string, text: string) => Promise<void>;
  readonly read: (hash: string) => Promise<string | undefined>;
  /** What a person is to do when a text is lost, as a sentence. */
  readonly advice: string;
}

/** SHA-256, in hexadecimal digits: whatever else stands in a hash's place names no file. */
const hashShape = /^[0-9a-f]{64}$/;

/** A transcript store in a folder: one file per node, for its owner only, written whole or not at all. */
export function fileTranscriptStore(folder: string): TranscriptStore {
  const folderOf = (hash: string) => join(folder, hash.slice(0, 2));
  const pathOf = (hash: string) => join(folderOf(hash), hash);
  const read = (hash: string) => readFile(pathOf(hash), 'utf8').catch(nothingThere);
  const made = new Set<string>();
  return transcriptStore({
    // A text is rarely there already: to look first would cost every turn more than to write some texts twice.
    async keep(hash, text) {
      const within = folderOf(hash);
      const write = async () => {
        if (!made.has(within)) await mkdir(within, { recursive: true, mode: 0o700 });
        made.add(within);
        await writeWhole(pathOf(hash), Buffer.from(text));
      };
      await write().catch((error: unknown) => {
        nothingThere(error);
        made.delete(within); // it was taken away
        return write();
      });
    },
    read,
    advice: 'Restore the folder of transcripts from its backup.',
  });
}

/** A transcript store over a place that keeps texts: what is read is held against its hash. */
export function transcriptStore({ keep, read, advice }: KeptTexts): TranscriptStore {
  return {
    async put(node) {
      const text = canonicalJson(node);
      const hash = hashOf(text);
      await keep(hash, text).catch((error: unknown) => {
        throw notKept(hash, error);
      });
      return hash;
    },
    async get(hash) {
      const text = hashShape.test(hash) ? await read(hash) : undefined;
      if (text === undefined) throw missing(hash, 'is not in', advice);
      if (hashOf(text) !== hash) throw missing(hash, 'was altered in', advice);
      const node = TranscriptNode.safeParse(JSON.parse(text));
      if (node.success) return node.data;
      throw missing(
        hash,
        'has a form that this version does not know in',
        'Use the version that wrote it, or a newer one.',
      );
    },
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function notKept(hash: string, error: unknown) {
  const why = error instanceof Error ? error.message : String(error);
  return failure(
    'TranscriptNotKept',
    `The transcript store does not take the node ${hash}: ${why}. Make room for it, or bring it back; the same may succeed then.`,
    { hash },
  );
}

function missing(hash: string, how: string, advice: string) {
  return failure('TranscriptMissing', `The node ${hash} of a transcript ${how} the transcript store. ${advice}`, {
    hash,
  });
}

function nothingThere(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // what node:fs rejects with
  throw error;
}
