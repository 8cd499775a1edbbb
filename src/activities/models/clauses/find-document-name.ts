import type { Preamble } from './preamble';
import type { Span } from './span';

const gap = '(?:[^\\S\\n]+|[^\\S\\n]*\\n[^\\S\\n]*)';
const titlesInCapitals = new RegExp(
  `(?:[Tt]his${gap})?(?:[\\p{Lu}][\\p{Lu}&,'’/-]*${gap}(?:[&–-]${gap})?){0,10}(?:AGREEMENT|CONTRACT|LEASE|DEED|LICEN[CS]E|ADDENDUM|AMENDMENT)S?(?!\\p{L})`,
  'gu',
);
const titlesInWords = new RegExp(
  `(?:[\\p{Lu}][\\p{L}&,'’/-]*${gap}(?:(?:of|and|for|to|[&–-])${gap})?){0,10}(?:Agreement|Contract|Lease|Deed|Licen[cs]e|Addendum|Amendment)(?!\\p{L})`,
  'gu',
);
const thisContract = /^this\s+/iu;
/** What stands before a title on its page. */
const beforeTitle = /^(?:(?:exhibit|execution|version|copy|final|form of|the)\s+)+/iu;

/**
 * Finds the name of the contract: as its opening words call it ("This Supply Agreement is made…"), else the last title
 * before them.
 */
export function findDocumentName(text: string, preamble: Preamble): Span | null {
  const opening = text.slice(preamble.start, preamble.end);
  const titles = [...titlesIn(opening, titlesInCapitals), ...titlesIn(opening, titlesInWords)];
  const named = titles.find(({ start, end }) => thisContract.test(opening.slice(start, end)));
  if (named !== undefined) return trimmed(opening, named, thisContract);
  const before = titles.filter((title) => title.start < preamble.opening).at(-1) ?? titles[0];
  return before === undefined ? null : trimmed(opening, before, beforeTitle);
}

/** Titles of two words at least: "Agreement" alone, or "This Agreement", names no contract. */
function titlesIn(opening: string, pattern: RegExp): Span[] {
  return [...opening.matchAll(pattern)]
    .filter((match) => /\s/.test(match[0].replace(thisContract, '').replace(beforeTitle, '')))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function trimmed(opening: string, { start, end }: Span, prefix: RegExp): Span {
  return { start: start + (prefix.exec(opening.slice(start, end))?.[0].length ?? 0), end };
}
