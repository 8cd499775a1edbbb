import type { Duration } from './read-duration';
import { isoDate } from './read-date';

/** The date so long after an ISO date; a day that its month lacks becomes the month's last. Null beyond the year 2200. */
export function addDuration(date: string, { amount, unit }: Duration): string | null {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  if (unit === 'day' || unit === 'week') {
    const later = new Date(Date.UTC(year, month - 1, day + amount * (unit === 'week' ? 7 : 1)));
    return isoDate(later.getUTCFullYear(), later.getUTCMonth() + 1, later.getUTCDate());
  }
  const monthsLater = year * 12 + month - 1 + amount * (unit === 'year' ? 12 : 1);
  const [toYear, toMonth] = [Math.floor(monthsLater / 12), (monthsLater % 12) + 1];
  const lastDay = new Date(Date.UTC(toYear, toMonth, 0)).getUTCDate();
  return isoDate(toYear, toMonth, Math.min(day, lastDay));
}
