import type { Mark } from './mark';
import { lineShape } from './surroundings';

const headingLengthMax = 80;
const slugLengthMax = 34;
/** The title of the contract and the names of its parties are in capitals too; headings have text beneath. */
const textBeneathMin = 40;

/**
 * The headings of a contract without numbers: lines in capitals that stand alone, with prose beneath. The anchor is
 * made of the heading's words.
 */
export function unnumberedMarks(text: string, footers: ReadonlySet<string>): Mark[] {
  const marks: Mark[] = [];
  for (const match of text.matchAll(/(?<=^|\n[^\S\n]{0,200}\n)[^\S\n]{0,200}([^\s][^\n]{2,})/g)) {
    const line = (match[1] ?? '').trim();
    if (
      line.length > headingLengthMax ||
      footers.has(lineShape(line)) ||
      !/^\p{Lu}[\p{Lu}\s,;&/'’().-]*[.:]?$/u.test(line)
    )
      continue;
    const end = match.index + match[0].length;
    const beneath = /^\n\s*([^\n]*(?:\n[^\n]+)*)/.exec(text.slice(end, end + 2_000))?.[1] ?? '';
    if (beneath.length < textBeneathMin || !/\p{Ll}/u.test(beneath)) continue;
    const slug = line
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, slugLengthMax)
      .replace(/-$/, '');
    if (slug === '') continue;
    marks.push({ start: match.index, titleAt: match.index, anchor: `s-${slug}`, level: 1 });
  }
  return marks;
}
