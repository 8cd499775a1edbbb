/**
 * What was spent. `costMicroUsd` is integer micro-dollars; `calls` counts calls of agents, tools and child runs, each
 * attempt at an agent's output once.
 */
export interface Usage {
  readonly tokens: number;
  readonly costMicroUsd: number;
  readonly calls: number;
}

export const noUsage: Usage = { tokens: 0, costMicroUsd: 0, calls: 0 };

export function addUsage(a: Usage, b: Usage): Usage {
  return { tokens: a.tokens + b.tokens, costMicroUsd: a.costMicroUsd + b.costMicroUsd, calls: a.calls + b.calls };
}

export function subtractUsage(a: Usage, b: Usage): Usage {
  return { tokens: a.tokens - b.tokens, costMicroUsd: a.costMicroUsd - b.costMicroUsd, calls: a.calls - b.calls };
}

/** What is counted, in the order in which it is looked at. */
export const usageUnits = ['calls', 'tokens', 'costMicroUsd'] as const satisfies readonly (keyof Usage)[];

/** The most that a run may spend. Wall time counts from the run's start and includes waiting for people. */
export interface Budget {
  readonly tokensMax: number;
  readonly costMicroUsdMax: number;
  readonly callsMax: number;
  readonly durationMsMax: number;
}
