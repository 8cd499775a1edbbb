import { readSpelledNumber, spelledNumber } from './read-number';
import type { Span } from './span';

/** A sum of money where it stands in a text, in minor units of its currency (cents; of yen and won there are none). */
type MoneyInText = Span & { readonly amountMinor: number; readonly currency: string };

const signs: Readonly<Record<string, string>> = {
  US$: 'USD',
  'U.S.$': 'USD',
  HK$: 'HKD',
  C$: 'CAD',
  CA$: 'CAD',
  A$: 'AUD',
  AU$: 'AUD',
  S$: 'SGD',
  NZ$: 'NZD',
  NT$: 'TWD',
  '€': 'EUR',
  '£': 'GBP',
  '₪': 'ILS',
  '₹': 'INR',
  NIS: 'ILS',
  RM: 'MYR',
};
const codes = 'USD|EUR|GBP|CAD|AUD|CHF|JPY|CNY|HKD|SGD|ILS|INR|NZD|SEK|NOK|DKK|MYR|KRW|ZAR';
const currencyWords: readonly (readonly [RegExp, string])[] = [
  [/^(?:u\.?s\.?|united states|american)\s+dollars?$/i, 'USD'],
  [/^hong kong dollars?$/i, 'HKD'],
  [/^canadian dollars?$/i, 'CAD'],
  [/^australian dollars?$/i, 'AUD'],
  [/^singapore dollars?$/i, 'SGD'],
  [/^euros?$/i, 'EUR'],
  [/^pounds?(?:\s+sterling)?$/i, 'GBP'],
];
const withoutMinorUnit = new Set(['JPY', 'KRW']);
const scales: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };

const sign = '(?<sign>(?:US|U\\.S\\.\\s?|HK|CA?|AU?|S|NZ|NT)?\\$|[€£₪₹]|NIS|RM)';
const figure = '(?<figure>\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,2})?|\\d+(?:\\.\\d{1,2})?)(?![\\d,]*\\d)';
const scale = '(?:\\s*(?<scale>thousand|million|billion)\\b)?';
const words =
  '(?:\\s*(?<words>(?:U\\.?S\\.?|United States|American|Hong Kong|Canadian|Australian|Singapore)\\s+dollars?|euros?|pounds?(?: sterling)?)\\b)?';
const forms = [
  new RegExp(
    `(?<![\\p{L}])(?:(?<code>${codes})\\s*)?${sign}\\s*${figure}${scale}(?:\\s*(?<codeAfter>${codes})\\b)?${words}`,
    'giu',
  ),
  new RegExp(`(?<![\\p{L}])(?<code>${codes})\\s*${figure}${scale}`, 'gu'),
  new RegExp(`(?<![\\p{L}\\d.,$€£])${figure}${scale}\\s*(?<codeAfter>${codes})\\b`, 'gu'),
  new RegExp(`(?<![\\p{L}\\d.,$€£])${figure}${scale}${words.slice(0, -1)}`, 'giu'),
];
const spelledBefore = new RegExp(`(?<spelled>${spelledNumber})[\\p{L}\\s.]{0,30}\\(\\s*$`, 'iu');

/**
 * Finds the sums of money in a text. A bare `$` is read as `dollar`, the currency the contract's law suggests, and left
 * out without one; so is a sum whose words and figure disagree ("five thousand dollars ($6,000)").
 */
export function findMoney(text: string, dollar: string | null): MoneyInText[] {
  const found = forms
    .flatMap((form) => [...text.matchAll(form)])
    .flatMap((match) => {
      const money = moneyOf(match.groups ?? {}, dollar);
      const agrees = money !== null && spelledAgrees(text.slice(Math.max(0, match.index - 120), match.index), money);
      return agrees ? [{ ...money, start: match.index, end: match.index + match[0].length }] : [];
    })
    .sort((one, other) => one.start - other.start || other.end - one.end);
  return found.filter((money, index) => !found.slice(0, index).some((earlier) => money.start < earlier.end));
}

function moneyOf(
  groups: Record<string, string | undefined>,
  dollar: string | null,
): Omit<MoneyInText, keyof Span> | null {
  const currency = currencyOf(groups, dollar);
  if (currency === null) return null;
  const amount = Number(groups['figure']?.replace(/,/g, '')) * (scales[groups['scale']?.toLowerCase() ?? ''] ?? 1);
  const amountMinor = Math.round(amount * minorUnits(currency));
  return Number.isSafeInteger(amountMinor) ? { amountMinor, currency } : null;
}

/** The currency that sign, code and words agree on. */
function currencyOf(groups: Record<string, string | undefined>, dollar: string | null): string | null {
  const { sign: mark, words: name, code, codeAfter } = groups;
  const stated = [code?.toUpperCase(), codeAfter?.toUpperCase(), byWords(name), bySign(mark)].filter(
    (currency) => currency !== undefined,
  );
  const [first, ...others] = stated;
  if (first !== undefined) return others.every((other) => other === first) ? first : null;
  return mark === '$' ? dollar : null;
}

function bySign(mark: string | undefined): string | undefined {
  return mark === undefined ? undefined : signs[mark.toUpperCase().replace(/\s/g, '')];
}

function byWords(name: string | undefined): string | undefined {
  return name === undefined ? undefined : currencyWords.find(([pattern]) => pattern.test(name))?.[1];
}

function spelledAgrees(before: string, { amountMinor, currency }: Omit<MoneyInText, keyof Span>): boolean {
  const spelled = spelledBefore.exec(before)?.groups?.['spelled'];
  const value = spelled === undefined ? null : readSpelledNumber(spelled);
  return value === null || value * minorUnits(currency) === amountMinor;
}

function minorUnits(currency: string): number {
  return withoutMinorUnit.has(currency) ? 1 : 100;
}
