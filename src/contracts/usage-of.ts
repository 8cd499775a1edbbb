import type { ModelCard } from './model-card';
import type { TokenCounts } from './transcript';
import type { Usage } from './usage';

type Prices = Pick<ModelCard, 'inputPrice' | 'cachedInputPrice' | 'outputPrice'>;

const tokensPerPrice = 1_000_000;

/** What tokens cost at a model's prices, rounded up to whole micro-dollars. Counts as one call. */
export function usageOf({ inputPrice, cachedInputPrice, outputPrice }: Prices, tokens: TokenCounts): Usage {
  const { input, cachedInput, output } = tokens;
  const price = (input - cachedInput) * inputPrice + cachedInput * cachedInputPrice + output * outputPrice;
  return { tokens: input + output, costMicroUsd: Math.ceil(price / tokensPerPrice), calls: 1 };
}
