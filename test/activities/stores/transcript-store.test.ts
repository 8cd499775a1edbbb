import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseTranscriptStore } from '../../../src/activities/stores/database-transcript-store';
import { fileTranscriptStore, type TranscriptStore } from '../../../src/activities/stores/transcript-store';
import { canonicalJson } from '../../../src/contracts/json';
import { describeOnEachDatabase } from '../../support/shop-world';
import { opening, turn } from '../../support/transcripts';

/** A store, and what tests do to it from outside. */
interface Kept {
  readonly store: TranscriptStore;
  /** The sizes of all texts that it keeps, in bytes. */
  readonly sizes: () => Promise<readonly number[]>;
  /** Writes a text in the place of a hash. */
  readonly write: (hash: string, text: string) => Promise<void>;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** What every transcript store does, wherever it keeps its nodes. */
function keepsTranscripts(kept: () => Kept): void {
  it('names a node that is not there, and says what to do', async () => {
    const hash = 'a'.repeat(64);
    await expect(kept().store.get(hash)).rejects.toMatchObject({
      type: 'TranscriptMissing',
      message: expect.stringMatching(
        /^The node a{64} .*is not in the transcript store\. Restore .*backup\.$/,
      ) as string,
      details: { hash },
    });
  });

  it.each(['', 'A'.repeat(64), '../../etc/passwd', `' or true; --`])('finds nothing under %j', async (hash) => {
    await kept().store.put(opening('a contract'));
    await expect(kept().store.get(hash)).rejects.toMatchObject({ type: 'TranscriptMissing', details: { hash } });
  });

  it('gives out nothing that was altered, and puts it right when it is put in again', async () => {
    const { store, write } = kept();
    const hash = await store.put(opening('the fee is 10'));
    await write(hash, canonicalJson(opening('the fee is 90')));
    await expect(store.get(hash)).rejects.toMatchObject({
      type: 'TranscriptMissing',
      message: expect.stringContaining('was altered in') as string,
    });
    expect(await store.put(opening('the fee is 10'))).toBe(hash);
    expect(await store.get(hash)).toEqual(opening('the fee is 10'));
  });

  it('gives out nothing of a form that it does not know', async () => {
    const { store, write } = kept();
    const text = canonicalJson({ kind: 'picture', parent: 'x' });
    await write(sha256(text), text);
    await expect(store.get(sha256(text))).rejects.toMatchObject({
      type: 'TranscriptMissing',
      message: expect.stringContaining('a form that this version does not know') as string,
    });
  });

  it('gives back what was put in, under the hash of its canonical JSON, whatever characters a model wrote', async () => {
    const { store } = kept();
    const odd = turn('b'.repeat(64), 'nothing\u0000 “quoted” \u{1f600}', `half a character \ud83d, '; drop table --\n`);
    const hash = await store.put(odd);
    expect(hash).toBe(sha256(canonicalJson(odd)));
    expect(await store.get(hash)).toEqual(odd);
  });

  it('stores an equal node once, also when it comes many times at once and with its keys in another order', async () => {
    const { store, sizes } = kept();
    const { kind, messages, ...rest } = opening('equal');
    const hashes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store.put(index % 2 === 0 ? opening('equal') : { messages, kind, ...rest }),
      ),
    );
    expect(new Set(hashes).size).toBe(1);
    expect(await sizes()).toHaveLength(1);
  });

  it('keeps nodes of 5 KB to 1 MB whole, put in at once by many', async () => {
    const { store, sizes } = kept();
    const nodes = [5, 50, 500, 1_000].map((kilobytes) => {
      const text = `${kilobytes} “é” `.padEnd(kilobytes * 1_000, 'x');
      return { kind: 'toolAnswer' as const, tool: 'readContract', text };
    });
    const hashes = await Promise.all([...nodes, ...nodes].map((node) => store.put(node)));
    expect(hashes.slice(4)).toEqual(hashes.slice(0, 4));
    expect(await sizes()).toHaveLength(4);
    expect(await Promise.all(hashes.slice(0, 4).map((hash) => store.get(hash)))).toEqual(nodes);
  });

  it('stores a conversation of 40 turns as an opening and 40 nodes that do not grow', async () => {
    const { store, sizes } = kept();
    const openingHash = await store.put(opening('a contract '.repeat(2_000)));
    let head = openingHash;
    for (let index = 0; index < 40; index += 1) {
      const message = await store.put({
        kind: 'toolAnswer',
        tool: 'readContract',
        text: `${index} `.padEnd(5_000, 'x'),
      });
      const answered = { role: 'tool' as const, call: `call-${index}`, message };
      const next = { ...turn(head, '', `answer ${index}`.padEnd(200, '.')), said: [answered] };
      head = await store.put(next);
      // An activity that is tried again stores nothing more.
      expect(await store.put(next)).toBe(head);
    }
    const [long, ...others] = [...(await sizes())].sort((one, other) => other - one);
    expect(long).toBeGreaterThan(22_000);
    const answers = others.filter((bytes) => bytes > 2_000);
    const turns = others.filter((bytes) => bytes <= 2_000);
    expect([answers.length, turns.length]).toEqual([40, 40]);
    expect(Math.max(...answers)).toBeLessThan(5_100);
    expect(Math.max(...turns)).toBeLessThan(700);
    const walked: string[] = [];
    for (let node = await store.get(head); node.kind === 'turn'; node = await store.get(node.parent))
      walked.push(node.kind);
    expect(walked).toHaveLength(40);
  });
}

describe('a transcript store in a folder', () => {
  const root = mkdtempSync(join(tmpdir(), 'transcripts-'));
  const folder = join(root, 'transcripts');
  const files = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());
  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  keepsTranscripts(() => ({
    store: fileTranscriptStore(folder),
    sizes: () => Promise.resolve(files().map((file) => statSync(file).size)),
    write(hash, text) {
      mkdirSync(join(folder, hash.slice(0, 2)), { recursive: true });
      writeFileSync(join(folder, hash.slice(0, 2), hash), text);
      return Promise.resolve();
    },
  }));

  it('has nothing of what another folder’s store keeps', async () => {
    const hash = await fileTranscriptStore(folder).put(opening('of one run'));
    const other = fileTranscriptStore(join(root, 'other'));
    await expect(other.get(hash)).rejects.toMatchObject({ type: 'TranscriptMissing', details: { hash } });
  });

  it('is made again when it was taken away', async () => {
    const store = fileTranscriptStore(folder);
    await store.put(opening('a contract'));
    rmSync(folder, { recursive: true });
    const hash = await store.put(opening('a contract'));
    expect(await store.get(hash)).toEqual(opening('a contract'));
  });

  it('is for its owner only, and leaves no draft', async () => {
    const hash = await fileTranscriptStore(folder).put(opening('confidential'));
    expect(files()).toEqual([join(folder, hash.slice(0, 2), hash)]);
    expect(statSync(files()[0] ?? '').mode & 0o077).toBe(0);
    expect(statSync(join(folder, hash.slice(0, 2))).mode & 0o077).toBe(0);
  });
});

describeOnEachDatabase('a transcript store in a database', (world) => {
  beforeEach(() => world().database.query('truncate transcript_nodes'));

  keepsTranscripts(() => ({
    store: databaseTranscriptStore(world().database),
    async sizes() {
      const rows = await world().database.query<{ bytes: number }>(
        'select octet_length(node) as bytes from transcript_nodes',
      );
      return rows.map(({ bytes }) => bytes);
    },
    async write(hash, text) {
      await world().database.query('delete from transcript_nodes where hash = $1', [hash]);
      await world().database.query('insert into transcript_nodes (hash, node) values ($1, $2)', [hash, text]);
    },
  }));
});
