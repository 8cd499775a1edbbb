/** What a run must know of a model to hold its calls to a budget. Prices are integer micro-dollars per million tokens. */
export interface ModelCard {
  readonly name: string;
  /** The longest context, answer included, in tokens. */
  readonly contextTokens: number;
  /** The longest answer, in tokens. */
  readonly outputTokensMax: number;
  readonly inputPrice: number;
  readonly cachedInputPrice: number;
  readonly outputPrice: number;
  /** The longest that one call may take, when that is longer than the agent's own limit. */
  readonly timeoutMs?: number;
}
