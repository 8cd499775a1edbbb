import { documentUnreadable } from './document-unreadable';

/** The longest text of a document, in characters: some 200 dense pages. */
export const documentCharactersMax = 600_000;

/** A contract has at least this many words; what has fewer is a stray file. */
const wordsMin = 20;
const wordLengthMax = 40;
/** Of the visible characters, at least this share stands in words. Base64, key files and dumps stay far below. */
const wordShareMin = 0.5;
/** At most this share may be control, replacement, private-use or unassigned characters. */
const strangeShareMax = 0.03;
/** Scripts that put no blanks between words; there a word cannot be told from its length. */
const unspacedScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}]/gu;
// eslint-disable-next-line no-control-regex -- control characters are what betrays binary data
const strange = /[\0-\x08\x0e-\x1f\x7f-\x9f\ufffd\p{Co}\p{Cn}\p{Cs}]/gu;

/** Throws `DocumentUnreadable` unless `raw`, whose normalised form is `text`, is prose of a bounded length. */
export function assertReadable(name: string, raw: string, text: string): void {
  if (text.length === 0)
    throw documentUnreadable(name, 'empty', { found: 'it holds no text.', remedy: 'Give the contract itself.' });
  const strangeShare = count(raw, strange) / raw.length;
  if (strangeShare > strangeShareMax)
    throw documentUnreadable(name, 'notText', {
      found: `${(strangeShare * 100).toFixed(0)} % of its characters are control characters or have no meaning.`,
      remedy: 'Give the contract as text, PDF or DOCX; a PDF whose fonts hide their letters needs OCR first.',
    });
  if (text.length > documentCharactersMax)
    throw documentUnreadable(name, 'tooLong', {
      found: `it has ${text.length} characters, and at most ${documentCharactersMax} can be reviewed.`,
      remedy: 'Split it, or leave out annexes that need no review.',
    });
  assertWords(name, text);
}

function assertWords(name: string, text: string): void {
  const visible = text.replace(/\s+/g, '').length;
  const unspaced = count(text, unspacedScript);
  const tokens = text.split(/\s+/).filter((token) => token.length <= wordLengthMax && /\p{L}{2}/u.test(token));
  const words = tokens.length + unspaced;
  const inWords = tokens.reduce((sum, token) => sum + token.length, 0) + unspaced;
  if (words < wordsMin)
    throw documentUnreadable(name, 'notText', {
      found: `it has ${words} words, and a contract has at least ${wordsMin}.`,
      remedy: 'Give the full text of the contract.',
    });
  if (inWords / visible < wordShareMin)
    throw documentUnreadable(name, 'notText', {
      found: `only ${((inWords / visible) * 100).toFixed(0)} % of it is words.`,
      remedy: 'Give the contract as readable text, PDF or DOCX.',
    });
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const match of text.matchAll(pattern)) found += match.length;
  return found;
}
