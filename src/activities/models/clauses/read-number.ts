const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const scales: Readonly<Record<string, number>> = { thousand: 1_000, million: 1_000_000, billion: 1_000_000_000 };
const names = [...units, ...tens, 'hundred', ...Object.keys(scales)].join('|');

/** A number in words, as a regular expression: "ten", "twenty-four", "one hundred and eighty thousand". */
export const spelledNumber = `\\b(?:${names})(?:(?:\\s+and\\s+|[\\s-]+)(?:${names}))*\\b`;

/** The value of a number in words, or null when the words are no number. */
export function readSpelledNumber(words: string): number | null {
  let total = 0;
  let current = 0;
  const parts = words
    .toLowerCase()
    .split(/[\s-]+/)
    .filter((part) => part !== 'and' && part !== '');
  if (parts.length === 0) return null;
  for (const part of parts) {
    const scale = scales[part];
    if (scale !== undefined) {
      total += Math.max(current, 1) * scale;
      current = 0;
    } else if (part === 'hundred') current = Math.max(current, 1) * 100;
    else if (units.includes(part)) current += units.indexOf(part);
    else if (tens.includes(part)) current += (tens.indexOf(part) + 2) * 10;
    else return null;
  }
  return total + current;
}
