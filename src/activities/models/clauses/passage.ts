import type { Section } from '../../../contracts/clause';
import { endsSentence } from './sentence-end';

/**
 * A sentence of a contract, or an item of a list: the text from `start` to `end`. `headings` are the headings over
 * it, `lead` the words that introduce the list it stands in ("The Reseller shall not:").
 */
export type Passage = {
  readonly start: number;
  readonly end: number;
  readonly anchor: string;
  readonly headings: string;
  readonly lead: string;
};

/** Longer sentences are cut at their semicolons, so that a quote shows what matters. */
const sentenceCharactersMax = 900;
/** What has no semicolon either is cut here: the limit of a quote. */
const passageCharactersMax = 3_500;
const headingCharactersMax = 90;
/** So many words may stand in lower case in a heading; a longer one has capitals. */
const plainHeadingWordsMax = 5;

const verb =
  /\b(?:shall|will|may|must|is|are|was|were|be|has|have|agrees?|grants|warrants?|represents?|means|hereby|acknowledges?|can|do|does|made|commences?|begins?|continues?|expires?|governs?|applies|survives?|terminates?)\b/i;

/** Splits a contract into its sentences, in order, without headings. Every passage lies within one section. */
export function splitPassages(text: string, sections: readonly Section[]): Passage[] {
  return sections.flatMap((section) => passagesOfSection(text, section));
}

function passagesOfSection(text: string, section: Section): Passage[] {
  const passages: Passage[] = [];
  let heading = '';
  let lead = '';
  for (const [start, end] of sentencesBetween(text, section.start, section.end)) {
    const words = text.slice(start, end);
    if (isHeading(words)) {
      heading = words;
      lead = '';
      continue;
    }
    const inList = lead !== '' && listItem.test(words);
    if (!inList) lead = '';
    const headings = `${section.heading} | ${heading}`;
    passages.push(...cutLong(text, { start, end, anchor: section.anchor, headings, lead }));
    if (words.endsWith(':')) lead = words.slice(-300);
  }
  return passages;
}

const listItem = /^\s*(?:[(]?(?:[a-z]{1,4}|\d{1,2})[).]|[-•●○▪·*])\s/i;

/** A title, a numbered heading, a line of a table of contents: short words without a verb. */
function isHeading(words: string): boolean {
  const line = words.trim();
  if (/\.{4,}\s*\d*$/.test(line) || !/\p{L}{2}/u.test(line)) return true;
  if (line.length > headingCharactersMax || verb.test(line) || /[;,]$/.test(line)) return false;
  const longWords = line.match(/\p{L}{4,}/gu) ?? [];
  const inLowerCase = longWords.filter((word) => /^\p{Ll}/u.test(word)).length;
  return longWords.length <= plainHeadingWordsMax || inLowerCase * 3 <= longWords.length;
}

/** A full stop with white space after it, a blank line, a numbered item on a new line, a section's number in the line. */
const boundary =
  /[.!?:]["”’')]*(?=\s+(?:["“‘'([]?[\p{Lu}\p{N}●○•▪-]|[(]?[a-z][.)]\s+\p{Lu}))|\n[ \t]*\n|\n(?=[ \t]*(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[).]|\d{1,2}(?:\.\d{1,2})+\.?|[•●○▪-])[ \t])|\s(?=\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.?\s+["“]?\p{Lu}\p{L}*)/gu;
const refersToNumber =
  /(?:sections?|articles?|clauses?|paragraphs?|exhibits?|schedules?|and|or|to|in|of|under|with|version|[$€£,])\s*$/i;

function sentencesBetween(text: string, from: number, to: number): [number, number][] {
  const sentences: [number, number][] = [];
  const part = text.slice(from, to);
  let start = 0;
  for (const match of part.matchAll(boundary)) {
    if (!isBoundary(part, start, match)) continue;
    const end = match.index + match[0].length;
    pushTrimmed(sentences, part, [start, end]);
    start = end;
  }
  pushTrimmed(sentences, part, [start, part.length]);
  return sentences.map(([first, last]) => [first + from, last + from]);
}

function isBoundary(part: string, start: number, match: RegExpExecArray): boolean {
  const mark = match[0].charAt(0);
  const before = part.slice(Math.max(start, match.index - 30), match.index);
  if (mark === '.') return endsSentence(part, start, match.index);
  if (mark === '!' || mark === '?') return true;
  if (mark === ':') return /^\W*\s*\n/.test(part.slice(match.index, match.index + 20));
  if (match[0].includes('\n') && match[0].trim() === '' && match[0].length > 1) return !goesOn(part, match);
  return mark === '\n' ? !/^\s*$/.test(before) : !refersToNumber.test(before);
}

/** What stands between two pages: a page number, a mark, the source of the copy. */
const pageMark = '(?:<page>|[-–—\\s]*(?:page\\s+)?\\d{1,3}(?:\\s+of\\s+\\d{1,3})?[-–—\\s]*|source:[^\\n]*)';
const marksBefore = new RegExp(`(?:\\n\\s*${pageMark}\\s*)+$`, 'i');
const marksAfter = new RegExp(`^(?:\\s*${pageMark}\\s*\\n)+`, 'i');
const charactersOfMarks = 200;

/** A blank line inside a sentence: a page ends there. The sentence goes on in lower case and had not ended. */
function goesOn(part: string, match: RegExpExecArray): boolean {
  const before = part
    .slice(Math.max(0, match.index - charactersOfMarks), match.index)
    .trimEnd()
    .replace(marksBefore, '');
  const after = part.slice(match.index, match.index + charactersOfMarks).replace(marksAfter, '');
  return /^\p{Ll}{2,}/u.test(after.trimStart()) && /[\p{L}\p{N},]$/u.test(before.trimEnd());
}

function pushTrimmed(sentences: [number, number][], part: string, [start, end]: [number, number]): void {
  const words = part.slice(start, end);
  const first = start + (words.length - words.trimStart().length);
  const last = end - (words.length - words.trimEnd().length);
  if (last > first) sentences.push([first, last]);
}

function cutLong(text: string, passage: Passage): Passage[] {
  if (passage.end - passage.start <= sentenceCharactersMax) return [passage];
  const words = text.slice(passage.start, passage.end);
  const cuts = [...words.matchAll(/;\s+(?:and\s+|or\s+)?(?=[(]?(?:[a-z]{1,4}|\d{1,2})[).]\s|\p{L})/giu)];
  const ends = [...cuts.map((cut) => cut.index + 1), words.length];
  const pieces: Passage[] = [];
  const lead = passage.lead === '' ? words.slice(0, 200) : passage.lead;
  let start = 0;
  for (const [index, end] of ends.entries()) {
    const next = ends[index + 1];
    const roomForNext = next !== undefined && next - start <= sentenceCharactersMax;
    if (roomForNext) continue;
    pieces.push(
      ...cutHard(text, {
        ...passage,
        start: passage.start + start,
        end: passage.start + end,
        lead: start === 0 ? passage.lead : lead,
      }),
    );
    start = end;
  }
  return pieces;
}

function cutHard(text: string, passage: Passage): Passage[] {
  const pieces: Passage[] = [];
  let start = passage.start;
  while (start < passage.end) {
    const room = Math.min(passage.end, start + passageCharactersMax);
    const space = room < passage.end ? text.lastIndexOf(' ', room) : room;
    const end = space > start ? space : room;
    const words = text.slice(start, end);
    const first = start + words.length - words.trimStart().length;
    if (words.trim() !== '') pieces.push({ ...passage, start: first, end: first + words.trim().length });
    start = end;
  }
  return pieces;
}
