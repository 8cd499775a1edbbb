import type { Section } from '../../../contracts/clause';
import type { Span } from '../clauses/span';

/** Where a text is cut when what lies between two borders is too long: at the first of these that is fine enough. */
const borders: readonly RegExp[] = [/\n[ \t]*\n\s*/g, /\n/g, /[.;:!?]["”’)]*\s+/g, /\s+/g];

/**
 * Splits a text into as few parts as follow its sections: each at most `bytesMax` bytes of UTF-8, together the whole
 * text without gaps, in order. A section longer than that is split between paragraphs, a paragraph between lines, then
 * sentences, then words; a word only when it is itself too long. `bytesMax` is at least 4, a character's most.
 */
export function splitText(text: string, sections: readonly Section[], bytesMax: number): Span[] {
  const starts = [...new Set([0, ...sections.map(({ start }) => start), text.length])].filter(
    (offset) => offset <= text.length,
  );
  const wholes = spansBetween(starts.sort((one, other) => one - other));
  const pieces = wholes.flatMap((span) => cut(text, span, { bytesMax, level: 0 }));
  return pack(text, pieces, bytesMax);
}

function spansBetween(offsets: readonly number[]): Span[] {
  return offsets.slice(1).map((end, index) => ({ start: offsets[index] ?? 0, end }));
}

interface Room {
  readonly bytesMax: number;
  /** Which of the borders to try. */
  readonly level: number;
}

function cut(text: string, span: Span, { bytesMax, level }: Room): Span[] {
  if (bytesOf(text, span) <= bytesMax) return [span];
  const border = borders[level];
  if (border === undefined) return cutAnywhere(text, span, bytesMax);
  const words = text.slice(span.start, span.end);
  const inner = [...words.matchAll(border)].map(({ index, 0: { length } }) => span.start + index + length);
  const offsets = [...new Set([span.start, ...inner, span.end])];
  return spansBetween(offsets).flatMap((piece) => cut(text, piece, { bytesMax, level: level + 1 }));
}

function cutAnywhere(text: string, { start, end }: Span, bytesMax: number): Span[] {
  const offsets = [start];
  let bytes = 0;
  let at = start;
  for (const character of text.slice(start, end)) {
    const more = Buffer.byteLength(character);
    if (bytes + more > bytesMax && bytes > 0) {
      offsets.push(at);
      bytes = 0;
    }
    bytes += more;
    at += character.length;
  }
  return spansBetween([...offsets, end]);
}

/** Puts neighbours together as long as they fit. */
function pack(text: string, pieces: readonly Span[], bytesMax: number): Span[] {
  const parts: Span[] = [];
  for (const piece of pieces) {
    const last = parts.at(-1);
    if (last !== undefined && bytesOf(text, { start: last.start, end: piece.end }) <= bytesMax) {
      parts[parts.length - 1] = { start: last.start, end: piece.end };
    } else parts.push(piece);
  }
  return parts;
}

function bytesOf(text: string, { start, end }: Span): number {
  return Buffer.byteLength(text.slice(start, end));
}
