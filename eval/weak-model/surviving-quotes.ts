import type { JournalEntry } from '../../src/contracts/journal';

/** Quotes that stand in a run's answers, and those that do not stand in the contract word for word. */
export interface SurvivingQuotes {
  readonly quotes: number;
  readonly notVerbatim: readonly { readonly step: string; readonly quote: string }[];
}

/**
 * Holds every quote of every answer that counts against the contract's text, character by character; a clause must
 * stand where it says. It knows no agent: a quote is whatever stands under that name.
 */
export function survivingQuotes(entries: readonly JournalEntry[], text: string): SurvivingQuotes {
  const standing = entries.filter(({ state, struck }) => state === 'answered' && struck === undefined);
  const found = standing.flatMap(({ step, answer }) => quotesIn(answer).map((one) => ({ step, ...one })));
  return {
    quotes: found.length,
    notVerbatim: found
      .filter(({ quote, start }) =>
        start === undefined ? !text.includes(quote) : text.slice(start, start + quote.length) !== quote,
      )
      .map(({ step, quote }) => ({ step, quote })),
  };
}

interface Quote {
  readonly quote: string;
  readonly start?: number;
}

function quotesIn(value: unknown): Quote[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(quotesIn);
  if (!('quote' in value) || typeof value.quote !== 'string') return inner;
  const start = 'start' in value && typeof value.start === 'number' ? { start: value.start } : {};
  return [{ quote: value.quote, ...start }, ...inner];
}
