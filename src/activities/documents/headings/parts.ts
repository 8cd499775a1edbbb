import type { Mark } from './mark';
import { followsSentence, surroundingsOf, type Surroundings } from './surroundings';

/** More articles, or more annexes, no contract has. */
const partsMax = 1_000;

const article = /(?<!\S)(ARTICLE|Article)\s{1,2}([IVXLC]{1,7}|\d{1,3})(?![\w-])[.:]?(?=(\s*[-–—:]\s*|\s+)(\S)|\s*$)/g;
const annex =
  /(?<!\S)(EXHIBIT|Exhibit|SCHEDULE|Schedule|ANNEX|Annex|APPENDIX|Appendix|ATTACHMENT|Attachment)\s{1,2}([A-Z](?:-?\d{1,2})?|\d{1,2}|[IVX]{1,5})(?![\w-]|\.\d)[.:]?(?=(\s*[-–—:]\s*|\s+)(\S)|\s*$)/g;
const witness = /(?<!\S)IN WITNESS(?: WHEREOF| OF WHICH)?,|(?<!\S)In witness whereof,/gi;

/** The articles of a text: those that stand as headings and whose numbers progress. */
export function articles(text: string, footers: ReadonlySet<string>): Mark[] {
  const found: (Mark & { readonly number: number })[] = [];
  for (const match of text.matchAll(article)) {
    const [whole, keyword = '', written = '', , next = ''] = match;
    const place = surroundingsOf(text, match.index, footers);
    if (!headsPart(place, { shouted: keyword === 'ARTICLE', next })) continue;
    const number = /^\d/.test(written) ? Number(written) : romanValue(written);
    const mark = { start: match.index, titleAt: match.index + whole.length, level: 0 };
    found.push({ ...mark, anchor: `s-article-${written.toLowerCase()}`, number });
    if (found.length === partsMax) break;
  }
  return longestProgress(found);
}

/** The exhibits, schedules and annexes that a text may begin parts with. Filing labels (`Exhibit 10.1`) are none. */
export function annexes(text: string, footers: ReadonlySet<string>): Mark[] {
  const found: Mark[] = [];
  for (const match of text.matchAll(annex)) {
    const [whole, keyword = '', written = '', gap = '', next = ''] = match;
    const place = surroundingsOf(text, match.index, footers);
    const shouted = keyword === keyword.toUpperCase();
    const dashed = /[-–—:]/.test(gap) || /[:]$/.test(whole);
    if (!headsPart(place, { shouted: shouted && dashed, next })) continue;
    if (match.index === 0 && /^\d{2}$/.test(written)) continue;
    const anchor = `s-${keyword.toLowerCase()}-${written.toLowerCase()}`;
    found.push({ start: match.index, titleAt: match.index + whole.length, anchor, level: 0 });
    if (found.length === partsMax) break;
  }
  return found;
}

/** Where the parties sign. */
export function signatures(text: string, footers: ReadonlySet<string>): Mark | null {
  let last: Mark | null = null;
  for (const match of text.matchAll(witness))
    if (followsSentence(surroundingsOf(text, match.index, footers)))
      last = { start: match.index, titleAt: match.index, anchor: 's-signatures', level: 0 };
  return last;
}

/** A part is headed at the start of a line after something finished, or shouted in the middle of one. */
function headsPart(place: Surroundings, { shouted, next }: { shouted: boolean; next: string }): boolean {
  if (!/^(?:["“'‘([*]|\p{Lu}|\p{N}|$)/u.test(next)) return false;
  if (/\b(?:of|to|in|under|with|and|or|by|the|this|see|per|from|on|as)$|,$/i.test(place.before))
    return place.standing === 'paragraph' && shouted;
  if (place.standing === 'paragraph') return true;
  return place.standing === 'line' ? shouted || followsSentence(place) : shouted;
}

/** The longest run of articles in which each number is above the last; later ones win over a table of contents. */
function longestProgress(found: readonly (Mark & { readonly number: number })[]): Mark[] {
  const best: { length: number; from: number }[] = [];
  found.forEach((entry, index) => {
    let chosen = { length: 1, from: -1 };
    for (let earlier = 0; earlier < index; earlier += 1) {
      const length = (best[earlier]?.length ?? 0) + 1;
      if ((found[earlier]?.number ?? Infinity) < entry.number && length >= chosen.length)
        chosen = { length, from: earlier };
    }
    best.push(chosen);
  });
  const marks: Mark[] = [];
  const last = best.reduce((top, { length }, index) => (length >= (best[top]?.length ?? 0) ? index : top), -1);
  for (let index = last; index >= 0; index = best[index]?.from ?? -1) {
    const mark = found[index];
    if (mark !== undefined) marks.unshift(mark);
  }
  return marks;
}

function romanValue(roman: string): number {
  const worth: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };
  const values = Array.from(roman, (digit) => worth[digit] ?? 0);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
}
