const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthName =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
/** "15", "15th", and "15t h" as scanned superscripts come out. */
const dayNumber = '(?<day>[0-3]?\\d)\\s?(?:s\\s?t|n\\s?d|r\\s?d|t\\s?h)?';
const year = '(?<year>\\d{4})';

const forms = [
  `\\b${monthName}\\s+${dayNumber}\\s*,?\\s+${year}\\b`,
  `\\b${dayNumber}\\s+(?:day\\s+)?(?:of\\s+)?${monthName}\\s*,?\\s+${year}\\b`,
  '\\b(?<year>\\d{4})-(?<isoMonth>\\d{2})-(?<day>\\d{2})\\b',
  '(?<![\\d./-])(?<first>\\d{1,2})(?<mark>[./-])(?<second>\\d{1,2})\\k<mark>(?<shortYear>\\d{4}|\\d{2})(?![\\d/])',
].map((form) => new RegExp(form, 'giu'));

/** In which order the place writes a date in figures; `unknown` reads only what has one meaning. */
export type DateOrder = 'monthFirst' | 'dayFirst' | 'unknown';

/** A date as it stands in a text. `date` is null when its figures have two meanings, or none (31 February). */
type DateInText = { readonly date: string | null; readonly start: number; readonly end: number };

/** Finds the dates of a text in the order in which they stand. */
export function findDates(text: string, order: DateOrder = 'unknown'): DateInText[] {
  return forms
    .flatMap((form) => [...text.matchAll(form)])
    .map((match) => ({
      date: dateOf(match.groups ?? {}, order),
      start: match.index,
      end: match.index + match[0].length,
    }))
    .sort((one, other) => one.start - other.start);
}

function dateOf(groups: Record<string, string | undefined>, order: DateOrder): string | null {
  const { day, month, isoMonth, year: fullYear, first, second, shortYear } = groups;
  if (first !== undefined && second !== undefined && shortYear !== undefined) {
    return figuresToDate([Number(first), Number(second), centuryOf(shortYear)], order);
  }
  const monthNumber = month === undefined ? Number(isoMonth) : months.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return isoDate(Number(fullYear), monthNumber, Number(day));
}

function figuresToDate([first, second, year]: [number, number, number], order: DateOrder): string | null {
  if (first > 12 || first === second) return isoDate(year, second, first);
  if (second > 12 || order === 'monthFirst') return isoDate(year, first, second);
  return order === 'dayFirst' ? isoDate(year, second, first) : null;
}

/** Two figures from 70 on are of the twentieth century: no contract under review is older. */
function centuryOf(year: string): number {
  if (year.length === 4) return Number(year);
  return Number(year) >= 70 ? 1900 + Number(year) : 2000 + Number(year);
}

/** The calendar date, or null when there is no such day. */
export function isoDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 1900 && year < 2200 ? date.toISOString().slice(0, 10) : null;
}
