const preambleCharactersMax = 4_000;
const preambleEnd =
  /\b(?:whereas|recitals?|witnesseth|background|now,?\s+therefore|in consideration of|agree(?:s|d)? as follows)\b|\s1\.\s+\p{Lu}/iu;
const openingWords =
  /\bthis\s+[\p{L}&,'’\-\s]{0,100}?(?:agreement|contract|lease|deed|amendment|addendum|licen[cs]e)\b/iu;
const betweenParties = /\b(?:between|by and among)\b/iu;

/**
 * Where the contract states its name, its date and its parties: the text from `start` to `end`. The opening words
 * ("This Agreement is made…") begin at `opening`; before them stand the title and perhaps a cover page.
 */
export type Preamble = { readonly start: number; readonly opening: number; readonly end: number };

/** The title and the words before the recitals; at most the first 4,000 characters. */
export function findPreamble(text: string): Preamble {
  const first = text.slice(0, preambleCharactersMax);
  const opened = (openingWords.exec(first) ?? betweenParties.exec(first))?.index ?? 0;
  const afterOpening = opened + 10;
  const ended = preambleEnd.exec(first.slice(afterOpening));
  return { start: 0, opening: opened, end: ended === null ? first.length : afterOpening + ended.index };
}
