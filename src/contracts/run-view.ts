import type { ApprovalRecord, Attempt, EffectRecord, RecordedFailure, StepKind, Strike } from './journal';
import type { ModelCard } from './model-card';
import type { Outcome } from './outcome';
import type { Budget, Usage } from './usage';

/** An effect as people see it: without what it was done with. */
export type EffectView = Omit<EffectRecord, 'input'>;

/** A try at an agent step as people see it. */
export interface AttemptView extends Pick<Attempt, 'by' | 'usage'> {
  /** The gate that sent the output back, or the type of the failure that there was none for. Absent when it was taken. */
  readonly turnedDownBy?: string;
}

/** What a person said at an approval; absent while it waits. What they supplied instead of the subject is for the process. */
export type DecidedView = Pick<
  NonNullable<ApprovalRecord['decided']>,
  'decision' | 'actor' | 'role' | 'comment' | 'at'
>;

/** A step as people see it. Times are epoch milliseconds. */
export interface StepView {
  readonly step: string;
  readonly kind: StepKind;
  readonly name: string;
  readonly version: string;
  readonly about: string;
  readonly within?: string;
  readonly state: 'asked' | 'answered' | 'failed';
  readonly askedAt: number;
  readonly endedAt?: number;
  readonly attempts: readonly AttemptView[];
  /** Of an approval that was decided. Absent in what older workers tell. */
  readonly decided?: DecidedView;
  readonly usage: Usage;
  readonly effect?: EffectView;
  /** The effects of a child run, as `family-1/book-1`. */
  readonly childEffects?: readonly (EffectView & { readonly step: string })[];
  readonly failure?: RecordedFailure;
  /** Why it no longer counts; absent while it does. */
  readonly struck?: Strike;
  /** Taken over by a fork: what it did belongs to the other run, and is not undone here. */
  readonly inherited?: true;
}

/** A step that waits for a person: everything needed to decide it. */
export interface WaitingView extends Omit<ApprovalRecord, 'decided'> {
  readonly step: string;
  readonly about: string;
}

/** What one agent with one model (`writer/code`), one tool or one child process has spent in a run. */
export interface Spender {
  readonly by: string;
  /** In how many steps. */
  readonly steps: number;
  readonly usage: Usage;
}

/** A run as `show` prints it. */
export interface RunView {
  readonly runId: string;
  readonly process: string;
  readonly version: string;
  readonly owner: string;
  readonly state: 'running' | 'waiting' | Outcome;
  readonly startedAt: number;
  readonly budget: Budget;
  readonly usage: Usage;
  /** What is neither spent nor reserved by calls under way. Absent in what older workers tell. */
  readonly left?: Usage;
  /** Who spent what, the most first. Absent in what older workers tell. */
  readonly spenders?: readonly Spender[];
  /** The models that its agents may use, by name. Absent in runs that began before models. */
  readonly models?: Readonly<Record<string, ModelCard>>;
  readonly steps: readonly StepView[];
  readonly waiting: readonly WaitingView[];
  /** Decisions that came by Signal and were refused, newest last; at most 20. */
  readonly refused: readonly string[];
  /** How often the process function has been run over the journal: 1 until something is rejected. */
  readonly pass: number;
  /** Effects that wait until every branch has ended or waits for one, and the steps that they wait for. */
  readonly held: readonly { readonly name: string; readonly about: string }[];
  readonly heldBy: readonly string[];
}
