import { isReferredTo } from './cross-reference';
import { followsSentence, lineShape, surroundingsOf, type Surroundings } from './surroundings';
import { titleOf } from './title';

/**
 * A number that may open a section. `numbers` are its components (`7.2` is 7, 2; a letter adds hundredths, so that
 * `11.1A` stands between `11.1` and `11.2`), `letter` what stands before them (`C-4`), `weight` how much its
 * place looks like a heading's.
 */
export type NumberedCandidate = {
  readonly start: number;
  readonly titleAt: number;
  readonly written: string;
  readonly letter: string;
  readonly numbers: readonly number[];
  readonly weight: number;
};

/** More numbers than this are no longer looked at; what follows belongs to the last section. */
const candidatesMax = 6_000;
const titleProbe = 240;
const linesProbe = 400;

const numbered =
  /(?<!\S)((?:Section|SECTION|Clause|CLAUSE|§)\s{1,2})?(?:([A-Z])[-.])?(\d{1,3}(?:\.\d{1,3}){0,4})([A-Z])?([.:])?(?=(\s+)(\S))/g;
/** What makes a number a date, an amount, a time or a measure. */
const quantity =
  /^(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|[Mm]illion|[Bb]illion|[Pp]er ?cent|U\.?S\.?|USD|EUR|GBP|CHF|JPY|Dollars?|Euros?|Pounds?|[KMGT]B|[KMG]Hz|[AP]\.?M\.?|CFR|U\.S\.C)(?![\p{L}])/u;
const leaders = /(?:\.\s?){3,}\s*\d{1,4}$/;
const endsInPageNumber = /^[^\s]*\d[^\s]*\s[^.,;:]{2,90}\s\d{1,3}$/;

/** Finds the numbers of a text that may open a section, in order. */
export function numberedCandidates(text: string, footers: ReadonlySet<string>): NumberedCandidate[] {
  const candidates: NumberedCandidate[] = [];
  for (const match of text.matchAll(numbered)) {
    const candidate = judge(text, match, footers);
    if (candidate !== null) candidates.push(candidate);
    if (candidates.length === candidatesMax) break;
  }
  return candidates;
}

function judge(text: string, match: RegExpExecArray, footers: ReadonlySet<string>): NumberedCandidate | null {
  const [whole, keyword = '', letter = '', digits = '', suffix = '', mark = '', gap = ''] = match;
  const titleAt = match.index + whole.length;
  const place = surroundingsOf(text, match.index, footers);
  const shape = { keyword, letter, depth: digits.split('.').length, mark, startsLine: startsLine(place) };
  const following = text.slice(titleAt, titleAt + titleProbe);
  if (gap.includes('\n') && mark === '' && shape.depth === 1 && keyword === '') return null;
  if (shape.startsLine && isContentsLine(text, match.index)) return null;
  if (isReferredTo(place) || quantity.test(following.trimStart())) return null;
  if (keyword !== '' && !followsSentence(place) && place.standing !== 'paragraph') return null;
  const opening = openingWeight(following.trimStart(), place, shape.depth);
  if (opening === null || (letter !== '' && !shape.startsLine)) return null;
  if (shape.depth === 1 && mark === '' && keyword === '' && letter === '') {
    if (!standsAsTitle(text, match.index, footers) || !shape.startsLine) return null;
  }
  const numbers = digits.split('.').map(Number);
  if (suffix !== '') numbers.push((numbers.pop() ?? 0) + (suffix.charCodeAt(0) - 64) / 100);
  return {
    start: match.index,
    titleAt,
    written: (letter === '' ? '' : `${letter}-`) + digits + suffix,
    letter,
    numbers,
    weight: placeWeight(place) + opening + (keyword === '' ? 0 : 1) - (mark === '' && shape.depth === 1 ? 1.5 : 0),
  };
}

function startsLine({ standing }: Surroundings): boolean {
  return standing === 'paragraph' || standing === 'line';
}

function placeWeight(place: Surroundings): number {
  switch (place.standing) {
    case 'paragraph':
      return 4;
    case 'line':
      return followsSentence(place) ? 3 : 1;
    case 'sentence':
      return 2;
    case 'running':
      return 0.5;
  }
}

/** What the first word after the number says: a section begins with a capital, seldom with a small letter. */
function openingWeight(following: string, place: Surroundings, depth: number): number | null {
  if (/^["“'‘[]?\p{Lu}/u.test(following) || /^[["“]/.test(following)) return titleOf(following) === '' ? 0 : 1;
  if (/^\([a-z]{1,3}\)/.test(following)) return depth > 1 ? 0 : null;
  if (/^\d/.test(following)) return depth === 1 && place.standing === 'paragraph' ? -0.5 : null;
  if (/^\p{Ll}{2}/u.test(following) && depth > 1 && place.standing !== 'line') return -1.5;
  return null;
}

/** A bare number (`3 PAYMENT`) counts only before a title on its own line that is no footer. */
function standsAsTitle(text: string, start: number, footers: ReadonlySet<string>): boolean {
  const [line = ''] = linesFrom(text, start);
  return line.length <= 80 && !/[.,;]$|\s\d{1,3}$/.test(line) && !footers.has(lineShape(line));
}

/** A line of a table of contents leads to its page number with dots, or stands above another that ends in one. */
function isContentsLine(text: string, start: number): boolean {
  const [line = '', ...below] = linesFrom(text, start);
  if (leaders.test(line)) return true;
  return endsInPageNumber.test(line) && endsInPageNumber.test(below.find((next) => next !== '') ?? '');
}

function linesFrom(text: string, start: number): string[] {
  return text
    .slice(start, start + linesProbe)
    .split('\n', 3)
    .map((line) => line.trim());
}
