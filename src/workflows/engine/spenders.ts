import type { JournalEntry } from '../../contracts/journal';
import type { Spender } from '../../contracts/run-view';
import { addUsage, noUsage, subtractUsage, type Usage } from '../../contracts/usage';

/**
 * Who spent what of a run, struck steps included: each agent by model, each tool, each child process; the greatest cost
 * first. What a step spent beyond its attempts is its agent's, without a model: the engine's checks, or an attempt under
 * way.
 */
export function spendersOf(entries: readonly JournalEntry[]): Spender[] {
  const spenders = new Map<string, Spender>();
  for (const entry of entries) {
    for (const { by, usage } of sharesOf(entry)) {
      const known = spenders.get(by) ?? { by, steps: 0, usage: noUsage };
      spenders.set(by, { by, steps: known.steps + 1, usage: addUsage(known.usage, usage) });
    }
  }
  return [...spenders.values()].sort((a, b) => compare(b.usage, a.usage));
}

/** The shares of one step, one for each name. */
function sharesOf({ question, usage, attempts = [] }: JournalEntry): { readonly by: string; readonly usage: Usage }[] {
  const shares = new Map<string, Usage>();
  for (const attempt of attempts) {
    if (attempt.usage === undefined) continue;
    shares.set(attempt.by, addUsage(shares.get(attempt.by) ?? noUsage, attempt.usage));
  }
  const rest = subtractUsage(usage, [...shares.values()].reduce(addUsage, noUsage));
  if (rest.calls > 0 || rest.tokens > 0 || rest.costMicroUsd > 0) shares.set(question.name, rest);
  return [...shares].map(([by, share]) => ({ by, usage: share }));
}

function compare(a: Usage, b: Usage): number {
  return a.costMicroUsd - b.costMicroUsd || a.tokens - b.tokens || a.calls - b.calls;
}
