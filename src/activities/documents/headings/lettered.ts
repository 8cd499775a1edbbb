import type { Mark } from './mark';
import { followsSentence, surroundingsOf } from './surroundings';
import { titleOf } from './title';

const lettered = /(?<!\S)\(([a-z])\)(?=\s+["“]?\p{Lu})/gu;
const titleProbe = 160;

/**
 * The lettered paragraphs of one section that stand as sections of their own: from (a) on without a gap, at least two,
 * each after a finished sentence and either on a line of its own or with a title. The items of a list within a
 * sentence, parted by semicolons, stay together: a quote must be able to hold them all.
 */
export function letteredMarks(
  text: string,
  section: { mark: Mark; end: number },
  footers: ReadonlySet<string>,
): Mark[] {
  const { mark, end } = section;
  const marks: Mark[] = [];
  for (const match of text.slice(mark.titleAt, end).matchAll(lettered)) {
    const [whole, letter = ''] = match;
    if (letter.charCodeAt(0) !== 97 + marks.length) continue;
    const start = mark.titleAt + match.index;
    const titleAt = start + whole.length;
    const place = surroundingsOf(text, start, footers);
    const finished = followsSentence(place) && !/[;:,]["”]?$|(?:and|or)$/.test(place.before);
    const ownLine = place.standing === 'paragraph' || place.standing === 'line';
    const continuesPage = place.standing === 'paragraph' && !/[;:,]$|(?:and|or)$/.test(place.before);
    const titled = /^[^.;,\n]{2,80}\.\s/.test(text.slice(titleAt).slice(0, titleProbe).trimStart());
    if (ownLine ? !(finished || (continuesPage && letter === 'a')) : !finished || !titled) continue;
    if (!ownLine && titleOf(text.slice(titleAt, titleAt + titleProbe)) === '') continue;
    marks.push({ start, titleAt, anchor: `${mark.anchor}.${letter}`, level: mark.level + 1 });
  }
  return marks.length >= 2 ? marks : [];
}
