import type { RunView, StepView } from '../contracts/run-view';
import type { Usage } from '../contracts/usage';
import { oneLine, table } from './terminal';

/** `41 calls, 0 tokens, $0.0000` */
export function describeSpend({ calls, tokens, costMicroUsd }: Usage): string {
  return `${calls} calls, ${tokens} tokens, $${(costMicroUsd / 1e6).toFixed(4)}`;
}

/** What is left of a run's budget, in one line. */
export function describeLeft({ left }: Pick<RunView, 'left'>): string[] {
  return left === undefined ? [] : [`left     ${describeSpend(left)}`];
}

/** Rows of steps that are shown: the most expensive. */
const stepsShownMax = 10;

/** Who spent what, and which steps cost most: of runs whose calls cost anything but themselves. */
export function describeSpenders({ spenders = [], steps }: Pick<RunView, 'spenders' | 'steps'>): string[] {
  if (spenders.every(({ usage }) => isFree(usage))) return [];
  const costly = steps.filter(({ usage }) => !isFree(usage)).sort(byCost);
  return [
    '',
    table(
      ['spent by', 'steps', 'calls', 'tokens', 'cost'],
      spenders.map(({ by, steps: count, usage }) => [oneLine(by), String(count), ...figures(usage)]),
    ),
    '',
    table(
      ['step', 'calls', 'tokens', 'cost'],
      costly.slice(0, stepsShownMax).map(({ step, usage }) => [step, ...figures(usage)]),
    ),
    ...(costly.length > stepsShownMax ? [`… ${costly.length - stepsShownMax} more steps: --json has them`] : []),
  ];
}

function isFree({ tokens, costMicroUsd }: Usage): boolean {
  return tokens === 0 && costMicroUsd === 0;
}

function byCost({ usage: a }: StepView, { usage: b }: StepView): number {
  return b.costMicroUsd - a.costMicroUsd || b.tokens - a.tokens;
}

function figures({ calls, tokens, costMicroUsd }: Usage): string[] {
  return [String(calls), String(tokens), `$${(costMicroUsd / 1e6).toFixed(4)}`];
}
