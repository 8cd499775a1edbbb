import { findDates } from '../../models/clauses/read-date';

/** A date as it is written, and the ISO dates that it can mean: two for 3/4/2020, one for most. */
export interface WrittenDate {
  readonly written: string;
  readonly isoDates: readonly string[];
}

/** The dates of a text in all their notations, and the text without them. */
export function takeDates(text: string): { readonly dates: readonly WrittenDate[]; readonly rest: string } {
  const readings = [...findDates(text, 'monthFirst'), ...findDates(text, 'dayFirst')];
  const places = new Map<string, { readonly start: number; readonly end: number; readonly isoDates: Set<string> }>();
  for (const { date, start, end } of readings) {
    const place = places.get(`${start}-${end}`) ?? { start, end, isoDates: new Set() };
    places.set(`${start}-${end}`, place);
    if (date !== null) place.isoDates.add(date);
  }
  const real = [...places.values()].filter(({ isoDates }) => isoDates.size > 0);
  return {
    dates: real.map(({ start, end, isoDates }) => ({ written: text.slice(start, end), isoDates: [...isoDates] })),
    rest: real.reduce((rest, { start, end }) => blank(rest, start, end), text),
  };
}

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
}
