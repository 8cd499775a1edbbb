import { readSpelledNumber, spelledNumber } from '../../models/clauses/read-number';

/** A figure as it is written, and its value in one notation: `1,000.00` and `one thousand` are `1000`. */
export interface Figure {
  readonly written: string;
  readonly value: string;
}

const scales: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };
const inDigits =
  /(?<![\p{L}\p{N}_])(?:(?<grouped>\d{1,3}(?:,\d{3})+(?:\.\d+)?)(?!\d)|(?<plain>\d+(?:\.\d+)*))(?:st|nd|rd|th)?(?:\s(?<scale>thousand|million|billion)\b)?(?![\p{L}_])/giu;
const inWords = new RegExp(spelledNumber, 'giu');
/** `one` is a pronoun more often than a number, and a scale alone (`million`) is a word. */
const noNumber = /^(?:zero|one|hundred|thousand|million|billion)$/i;
const exactDigitsMax = 15;

/**
 * The figures of a text: digits, with or without thousands separators, decimals, a scale, an ordinal's ending; and
 * numbers in words from two on. What stands around them (currency, per cent, unit) is not read; digits that hang
 * together with letters are identifiers, not figures. Figures are read as English writes them.
 */
export function figuresIn(text: string): Figure[] {
  const digits = [...text.matchAll(inDigits)].map(({ 0: written, groups = {} }) => ({
    written,
    value: valueOf(groups['grouped']?.replace(/,/g, '') ?? groups['plain'] ?? '', groups['scale']),
  }));
  const words = [...text.matchAll(inWords)].flatMap(([written]) => {
    const value = noNumber.test(written) ? null : readSpelledNumber(written);
    return value === null ? [] : [{ written, value: String(value) }];
  });
  return [...digits, ...words];
}

/** A number of JSON in the notation in which figures are compared. */
export function figureOf(value: number): string {
  return String(Math.abs(value));
}

function valueOf(digits: string, scale: string | undefined): string {
  const isNumber = /^\d+(?:\.\d+)?$/.test(digits) && digits.length <= exactDigitsMax;
  if (!isNumber) return digits; // a section's number, 7.2.1, or an identifier
  const factor = scales[scale?.toLowerCase() ?? ''];
  return String(factor === undefined ? Number(digits) : Number((Number(digits) * factor).toPrecision(exactDigitsMax)));
}
