import { CancellationScope } from '@temporalio/workflow';
import type { EffectRecord, StandingEffect } from '../../contracts/journal';
import { activities } from './call';
import { outcomeAfter } from './effect-outcome';
import { expectedFailure } from './failing';
import { fingerprint } from './fingerprint';
import { mayStand } from './standing';
import { undoEffects } from './undo';

/** One effect that a hand-written workflow asks for. */
export interface EffectAsk {
  /** Unique in the workflow: it names the effect in the history, and makes its key. */
  readonly step: string;
  readonly tool: string;
  readonly effect: EffectRecord['effect'];
  readonly input: unknown;
}

/**
 * The engine's effects and their undoing for a workflow that is written by hand, without a process: each effect is
 * entered before it is attempted, under a key of its own, and `undo` takes everything back, newest first. The worker
 * must have the engine's activities. See `docs/examples/hand-written-workflow.ts`.
 *
 * @example
 * const effects = new EffectLedger(workflowInfo().firstExecutionRunId);
 */
export class EffectLedger {
  private readonly entered: StandingEffect[] = [];

  /** @param keyedBy unique to this run, and the same in all its executions */
  constructor(private readonly keyedBy: string) {}

  /**
   * Calls a tool once, whatever is retried, and gives its answer.
   *
   * @throws the tool's failure; what it may have done is undone by `undo`
   */
  async perform({ step, tool, effect, input }: EffectAsk): Promise<unknown> {
    const idempotencyKey = fingerprint([this.keyedBy, step]);
    const record: EffectRecord = { effect, tool, input, idempotencyKey, outcome: 'unknown' };
    this.entered.push({ step, record, at: Date.now() });
    try {
      const answer = await activities.callTool.executeWithOptions({ activityId: step, summary: step }, [
        { tool, input, idempotencyKey },
      ]);
      record.outcome = 'done';
      return answer;
    } catch (error) {
      const expected = expectedFailure(error);
      if (expected !== undefined) record.outcome = outcomeAfter(expected);
      throw error;
    }
  }

  /**
   * Undoes what was done, newest first, also when the workflow is cancelled. Call it when nothing is in flight.
   *
   * @returns the steps whose effects stand all the same: pivots, and what could not be undone. A person must look.
   */
  async undo(): Promise<string[]> {
    const newest = this.entered.filter(({ record }) => mayStand(record)).reverse();
    await CancellationScope.nonCancellable(() => undoEffects(newest, { repair: () => Promise.resolve('left') }));
    return this.entered.filter(({ record }) => mayStand(record)).map(({ step }) => step);
  }
}
