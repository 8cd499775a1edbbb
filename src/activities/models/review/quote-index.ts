import type { Section } from '../../../contracts/clause';
import { squeezedText } from '../squeezed-text';

/** The text that quotes are taken from, and its sections. */
export interface QuotedContract {
  readonly text: string;
  readonly sections: readonly Section[];
}

/** Words that something in the report rests on; `start` and `end` when their place is known. */
export interface CitedWords {
  readonly quote: string;
  readonly anchor: string;
  readonly start?: number;
  readonly end?: number;
  readonly citedBy: string;
}

/** A numbered passage: exactly the contract's text from `start` to `end`, under the heading of its section. */
export interface Passage {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly heading: string;
  readonly citedBy: readonly string[];
}

/** The passages in the contract's order, and the number under which words are found; null when they are not there. */
export interface QuoteIndex {
  readonly passages: readonly Passage[];
  readonly numberOf: (words: { readonly quote: string; readonly anchor: string }) => number | null;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Numbers everything that is cited by its place in the contract. A passage shows the contract's own text, so a quote
 * that does not stand there, white space aside, cannot get a number.
 */
export function indexQuotes(contract: QuotedContract, cited: readonly CitedWords[]): QuoteIndex {
  const find = finderIn(contract);
  const places = new Map<string, Place>();
  for (const words of cited) {
    const known = places.get(keyOf(words));
    const place = known ?? find(words);
    if (place) places.set(keyOf(words), place);
  }
  const distinct = new Map([...places.values()].map((place) => [`${place.start}-${place.end}`, place]));
  const sorted = [...distinct.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  const numbers = new Map(sorted.map(({ start, end }, index) => [`${start}-${end}`, index + 1]));
  const numberOf: QuoteIndex['numberOf'] = (words) => {
    const place = places.get(keyOf(words));
    return place ? (numbers.get(`${place.start}-${place.end}`) ?? null) : null;
  };
  const passages = sorted.map((place, index) => ({
    ...place,
    number: index + 1,
    text: contract.text.slice(place.start, place.end),
    heading: headingAt(contract.sections, place.start),
    citedBy: [...new Set(cited.filter((words) => numberOf(words) === index + 1).map(({ citedBy }) => citedBy))],
  }));
  return { passages, numberOf };
}

function keyOf({ quote, anchor }: { readonly quote: string; readonly anchor: string }): string {
  return `${anchor}\n${quote}`;
}

function headingAt(sections: readonly Section[], start: number): string {
  const inside = sections.filter((section) => section.start <= start && start < section.end);
  const section = inside.at(-1);
  return section ? section.heading || section.anchor : '';
}

/** Finds words at the place they claim, else in the section they claim, else anywhere. */
function finderIn({ text, sections }: QuotedContract): (words: CitedWords) => Place | null {
  const { squeezed, offsets } = squeezedText(text);
  const placeAt = (from: number, length: number): Place | null => {
    const start = offsets[from];
    const last = offsets[from + length - 1];
    return start === undefined || last === undefined ? null : { start, end: last + 1 };
  };
  return ({ quote, anchor, start, end }) => {
    const wanted = quote.replace(/\s+/g, '');
    if (wanted === '') return null;
    if (start !== undefined && end !== undefined && text.slice(start, end).replace(/\s+/g, '') === wanted) {
      return { start, end };
    }
    const section = sections.find((candidate) => candidate.anchor === anchor);
    const first = section ? offsets.findIndex((offset) => offset >= section.start) : -1;
    const within = section && first >= 0 ? placeOf(squeezed.indexOf(wanted, first), wanted.length, placeAt) : null;
    if (within && section && within.end <= section.end) return within;
    return placeOf(squeezed.indexOf(wanted), wanted.length, placeAt);
  };
}

function placeOf(found: number, length: number, placeAt: (from: number, length: number) => Place | null): Place | null {
  return found < 0 ? null : placeAt(found, length);
}
