import { takeDates } from './dates';
import { figureOf, figuresIn } from './figures';
import type { Leaf } from './leaves';
import { namesIn } from './names';
import { quotedParts, takeQuotations } from './quotations';
import { isMinor, type Sources } from './sources';

/** Fewer quoted words are a name: "Buyer". */
const quotationWordsMin = 4;
const shownMax = 160;

/** What a value says that stands in none of its sources, each described so that it can be found. */
export function inventionsIn(leaf: Leaf, sources: Sources): string[] {
  return typeof leaf.value === 'number' ? inNumber(leaf, leaf.value, sources) : inText(leaf.key, leaf.value, sources);
}

/** A number is stated, counted, stated in whole units where the field holds minor ones, or the place of words beside. */
function inNumber({ key, beside }: Leaf, value: number, sources: Sources): string[] {
  const isKnown =
    sources.hasFigure(figureOf(value)) ||
    (isMinor(key) && sources.hasFigure(figureOf(value / 100))) ||
    beside.some((words) => sources.texts.some((text) => standsAt(text, words, value)));
  return isKnown ? [] : [`the figure ${value}`];
}

function standsAt(text: string, words: string, place: number): boolean {
  return words !== '' && (text.startsWith(words, place) || (place >= words.length && text.endsWith(words, place)));
}

function inText(key: string, text: string, sources: Sources): string[] {
  if (text.trim() === '' || key === 'id') return [];
  if (key === 'quote') return isVerbatim(text, sources) ? [] : [`the quotation “${clip(text)}”`];
  if (isLong(text) && sources.hasWords(text)) return [];
  const { quotations, rest } = takeQuotations(text);
  const misquoted = quotations.filter((quotation) => !isVerbatim(quotation, sources));
  const { dates, rest: undated } = takeDates(rest);
  const figures = figuresIn(undated).filter(({ value }) => !sources.hasFigure(value));
  const names = namesIn(undated).filter((name) => !sources.hasName(name));
  return [
    ...misquoted.map((words) => `the ${isLong(words) ? 'quotation' : 'name'} “${clip(words)}”`),
    ...dates.filter(({ isoDates }) => !sources.hasDate(isoDates)).map(({ written }) => `the date ${written}`),
    ...figures.map(({ written }) => `the figure ${written}`),
    ...names.map(({ written }) => `the name ${clip(written)}`),
  ];
}

function isVerbatim(quotation: string, sources: Sources): boolean {
  return quotedParts(quotation).every((part) => sources.hasWords(part));
}

function isLong(text: string): boolean {
  return text.trim().split(/\s+/).length >= quotationWordsMin;
}

function clip(text: string): string {
  return text.length > shownMax ? `${text.slice(0, shownMax - 1)}…` : text;
}
