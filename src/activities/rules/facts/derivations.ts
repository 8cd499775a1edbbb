import { figureOf } from './figures';

/**
 * Figures that follow from lists by counting: how many items there are; how many have the same value in a field; how
 * many inner lists of a field have items, and how many together.
 */
export function countsIn(lists: readonly (readonly unknown[])[]): Set<string> {
  const counts = new Set<string>();
  for (const list of lists) {
    counts.add(figureOf(list.length));
    for (const values of fieldsOf(list).values()) {
      const tallies = new Map<unknown, number>();
      for (const value of values) if (isScalar(value)) tallies.set(value, (tallies.get(value) ?? 0) + 1);
      for (const tally of tallies.values()) counts.add(figureOf(tally));
      const inner = values.filter((value) => Array.isArray(value));
      counts.add(figureOf(inner.filter((items) => items.length > 0).length));
      counts.add(figureOf(inner.reduce((sum, items) => sum + items.length, 0)));
    }
  }
  return counts;
}

/** What each field of numbers comes to in a list. */
export function sumsIn(lists: readonly (readonly unknown[])[]): Set<string> {
  const fields = lists.flatMap((list) => [...fieldsOf(list).values()]);
  const sums = fields.map((values) => values.reduce((sum: number, value) => sum + numberOf(value), 0));
  return new Set(sums.map((sum) => figureOf(Number(sum.toFixed(6)))));
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function fieldsOf(list: readonly unknown[]): Map<string, unknown[]> {
  const fields = new Map<string, unknown[]>();
  for (const item of list) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) continue;
    for (const [key, value] of Object.entries(item)) {
      const values = fields.get(key) ?? [];
      values.push(value);
      fields.set(key, values);
    }
  }
  return fields;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean';
}

/** Currency codes that a sign may stand for. */
const codesOfSigns: readonly (readonly [sign: RegExp, codes: string])[] = [
  [/\$|\bdollars?\b/i, 'USD CAD AUD NZD HKD SGD TWD'],
  [/€|\beuros?\b/i, 'EUR'],
  [/£|\bpounds?\b/i, 'GBP'],
  [/¥|\byen\b/i, 'JPY CNY'],
  [/₹|\brupees?\b/i, 'INR'],
  [/₪|\bNIS\b|\bshekels?\b/i, 'ILS'],
  [/\bRM\b|\bringgit\b/i, 'MYR'],
];

/** Whether a word is the code of a currency whose sign stands in a text. */
export function isCodeOfSign(word: string, text: string): boolean {
  return codesOfSigns.some(([sign, codes]) => codes.split(' ').includes(word) && sign.test(text));
}
