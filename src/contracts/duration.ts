const hourMs = 3_600_000;

/** Durations in milliseconds, for processes to state deadlines by. */
export function hours(count: number): number {
  return count * hourMs;
}

export function days(count: number): number {
  return count * 24 * hourMs;
}
