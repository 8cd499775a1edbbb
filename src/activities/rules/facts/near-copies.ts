import { squeeze, takeQuotations } from './quotations';

/** What a sentence that was almost copied lost or gained of what carries its meaning. */
export interface NearCopy {
  readonly sentence: string;
  readonly added: readonly string[];
  readonly dropped: readonly string[];
}

/** A copy has this share of its source's words, and the source of its. */
const sharedMin = 0.75;
const wordsMin = 6;
/** Sources are cut here: beyond it a text is compared by its facts alone. */
const sentencesMax = 20_000;
const turningWords = new Set(
  'not no never none neither nor without except unless only shall must may cannot'.split(' '),
);

/**
 * Finds the sentences that are copies of a source's but for a few words, and of these words the ones that turn a
 * meaning: figures, names, and words such as “not”, “shall”, “may”, “unless”.
 */
export function nearCopyFinder(texts: readonly string[]): (text: string) => NearCopy[] {
  const sentences = texts.flatMap(sentencesOf).slice(0, sentencesMax).map(tally);
  const places = new Map<string, number[]>();
  for (const [index, { words }] of sentences.entries()) {
    for (const word of words.keys()) {
      const known = places.get(word) ?? [];
      known.push(index);
      places.set(word, known);
    }
  }
  const squeezed = texts.map(squeeze).join('\n');
  const closest = (copy: Tally): Tally | undefined => {
    const shared = new Map<number, number>();
    for (const [word, count] of copy.words) {
      for (const place of places.get(word) ?? []) {
        const common = Math.min(count, sentences[place]?.words.get(word) ?? 0);
        shared.set(place, (shared.get(place) ?? 0) + common);
      }
    }
    const [best, common] = [...shared].reduce<[number, number]>(
      (one, other) => (other[1] > one[1] ? other : one),
      [-1, 0],
    );
    const source = sentences[best];
    const isCopy = source !== undefined && common >= sharedMin * Math.max(copy.length, source.length);
    return isCopy ? source : undefined;
  };
  return (text) =>
    sentencesOf(withoutLongQuotations(text)).flatMap((sentence) => {
      const copy = tally(sentence);
      if (copy.length < wordsMin || squeezed.includes(squeeze(sentence))) return [];
      const source = closest(copy);
      if (source === undefined) return [];
      const added = turning(copy, source);
      // An excerpt says by its mark that it leaves words out.
      const dropped = sentence.includes('…') ? [] : turning(source, copy);
      return added.length + dropped.length === 0 ? [] : [{ sentence, added, dropped }];
    });
}

interface Tally {
  readonly length: number;
  readonly words: ReadonlyMap<string, number>;
  /** As they are written, by what is compared. */
  readonly written: ReadonlyMap<string, string>;
}

function tally(sentence: string): Tally {
  const words = new Map<string, number>();
  const written = new Map<string, string>();
  const all = sentence.match(/[\p{L}\p{N}_]+(?:[.,'’][\p{L}\p{N}]+)*/gu) ?? [];
  for (const [index, word] of all.entries()) {
    const key = word.toLowerCase();
    words.set(key, (words.get(key) ?? 0) + 1);
    // A capital that begins a sentence says nothing.
    written.set(key, index === 0 ? key : word);
  }
  return { length: all.length, words, written };
}

function turning(one: Tally, other: Tally): string[] {
  return [...one.words].flatMap(([word, count]) => {
    const written = one.written.get(word) ?? word;
    const turns = turningWords.has(word) || /\p{N}/u.test(word) || /^\p{Lu}/u.test(written) || word.endsWith("n't");
    return turns && count > (other.words.get(word) ?? 0) ? [written] : [];
  });
}

/** Long quotations are held against the sources by themselves; a quoted name belongs to its sentence. */
function withoutLongQuotations(text: string): string {
  const long = takeQuotations(text).quotations.filter((words) => words.split(/\s+/).length >= wordsMin);
  return long.reduce((rest, words) => rest.replace(words, ' … '), text);
}

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?;:])\s+|\n\s*\n/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
