import type { JournalEntry } from '../../contracts/journal';
import type { AgentCard } from '../../contracts/manifest';
import { addUsage, usageUnits, type Usage } from '../../contracts/usage';

/** What one step may still take. `Infinity` where nothing limits it; never below 0. */
export interface LeftOfStep extends Usage {
  /** Wall time, in milliseconds. */
  readonly ms: number;
}

/**
 * What is left of the limits of an agent for one of its steps.
 *
 * @param entry when it was asked, and what it has spent: `usageOfStep` knows that of its tools, too
 * @param now epoch milliseconds
 */
export function leftOfStep(
  { limits }: Pick<AgentCard, 'limits'>,
  { usage, askedAt }: Pick<JournalEntry, 'usage' | 'askedAt'>,
  now: number,
): LeftOfStep {
  const left = (max: number | undefined, spent: number) => (max === undefined ? Infinity : Math.max(0, max - spent));
  return {
    tokens: left(limits?.tokensMax, usage.tokens),
    costMicroUsd: left(limits?.costMicroUsdMax, usage.costMicroUsd),
    calls: left(limits?.callsMax, usage.calls),
    ms: left(limits?.durationMsMax, now - askedAt),
  };
}

/** Which of its limits a step would exceed by a call, if any; one whose time is over makes no more calls. */
export function limitExceeded(left: LeftOfStep, needs: Usage): keyof LeftOfStep | undefined {
  return usageUnits.find((unit) => needs[unit] > left[unit]) ?? (left.ms === 0 ? 'ms' : undefined);
}

/** What a step has spent: its own calls, and those of the tools that it asked for. Struck ones were paid for, too. */
export function usageOfStep(entries: readonly JournalEntry[], { step, usage }: JournalEntry): Usage {
  const tools = entries.filter(({ within, question }) => within === step && question.kind === 'tool');
  return tools.map((tool) => tool.usage).reduce(addUsage, usage);
}
