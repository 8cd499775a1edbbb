import { recentTranscripts } from '../../../src/activities/stores/recent-transcripts';
import { transcriptStore } from '../../../src/activities/stores/transcript-store';
import { opening } from '../../support/transcripts';

/** A store, the texts that it keeps, and how often it was read. */
function counted() {
  const texts = new Map<string, string>();
  const reads: string[] = [];
  const store = transcriptStore({
    keep: (hash, text) => Promise.resolve(void texts.set(hash, text)),
    read: (hash) => {
      reads.push(hash);
      return Promise.resolve(texts.get(hash));
    },
    advice: 'Restore it.',
  });
  return { store, texts, reads };
}

describe('a store that remembers recent transcripts', () => {
  it('gives a node that it was given without reading it', async () => {
    const { store, texts, reads } = counted();
    const recent = recentTranscripts(store);
    const hash = await recent.put(opening('a contract'));
    expect(await recent.get(hash)).toEqual(opening('a contract'));
    expect(reads).toEqual([]);
    expect([...texts.keys()]).toEqual([hash]);
  });

  it('reads a node once that another worker has put', async () => {
    const { store, reads } = counted();
    const hash = await store.put(opening('a contract'));
    const recent = recentTranscripts(store);
    expect(await recent.get(hash)).toEqual(opening('a contract'));
    expect(await recent.get(hash)).toEqual(opening('a contract'));
    expect(reads).toEqual([hash]);
  });

  it('forgets what was not asked for lately, as far as it has no room', async () => {
    const { store, reads } = counted();
    const recent = recentTranscripts(store, JSON.stringify(opening('a'.repeat(600))).length);
    const first = await recent.put(opening('a'.repeat(600)));
    const second = await recent.put(opening('b'.repeat(600)));
    expect(await recent.get(second)).toEqual(opening('b'.repeat(600)));
    expect(reads).toEqual([]);
    expect(await recent.get(first)).toEqual(opening('a'.repeat(600)));
    expect(reads).toEqual([first]);
  });

  it('remembers nothing that was not kept or is not there', async () => {
    const { store } = counted();
    const recent = recentTranscripts({
      put: () => Promise.reject(new Error('The disk is full.')),
      get: (hash) => store.get(hash),
    });
    await expect(recent.put(opening('a contract'))).rejects.toThrow('The disk is full.');
    const hash = await counted().store.put(opening('a contract'));
    await expect(recent.get(hash)).rejects.toMatchObject({ type: 'TranscriptMissing' });
  });
});
