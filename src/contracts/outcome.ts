import type { RecordedFailure, StandingEffect } from './journal';
import type { Usage } from './usage';

/** The named ends of a run. */
export const outcomes = [
  'completed',
  'completedPartially',
  'rejected',
  'rolledBack',
  'outOfBudget',
  'needsRepair',
] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * What a run comes to; a run's workflow returns exactly this.
 *
 * - `completedPartially`: a value, and what was left out of it.
 * - `rejected`: a person or a gate said no, and no effect of the run stands.
 * - `rolledBack`: the run could not go on, or was cancelled, and no effect of it stands.
 * - `needsRepair`: the run could not go on and the named effects stand, or may stand: a person must look.
 *
 * Effects are those that can be undone or that nobody may repeat; what a `retriable` tool did is never undone.
 */
export type RunResult<Value = unknown> = {
  readonly usage: Usage;
  /** The steps, children's included, whose effects stand or may stand. */
  readonly effects: readonly string[];
  /** For the parent of a child run, who may have to undo them: those effects with all that their undoing needs. */
  readonly standing?: readonly StandingEffect[];
} & (
  | { readonly outcome: 'completed'; readonly value: Value }
  | { readonly outcome: 'completedPartially'; readonly value: Value; readonly leftOut: readonly LeftOut[] }
  | { readonly outcome: 'rejected' | 'rolledBack' | 'outOfBudget' | 'needsRepair'; readonly failure: RecordedFailure }
);

/** A part of the result that is missing, and why. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}
