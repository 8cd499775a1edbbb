import type { DecisionKind } from './decision';
import type { FailureDetails, FailureType } from './failures';
import type { Effect } from './manifest';
import type { Usage } from './usage';
import type { Verdict } from './verdict';

export type StepKind = 'agent' | 'tool' | 'approval' | 'process' | 'sleep' | 'now' | 'uuid';

/** What a step asks. Two questions with the same four fields are the same question. */
export interface Question {
  readonly kind: StepKind;
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the input's canonical JSON. */
  readonly inputHash: string;
}

export interface RecordedFailure {
  readonly type: FailureType;
  readonly message: string;
  readonly details: FailureDetails;
}

/** One try at an agent step: who tried, and what the gates said of the output. */
export interface Attempt {
  /** The agent and model, or the person, who made the output. */
  readonly by: string;
  readonly result:
    /** The output fits its schema and its rules; the gates that are left have not spoken yet. */
    | { readonly type: 'drafted'; readonly output: unknown }
    | { readonly type: 'judged'; readonly gate: string; readonly verdict: Verdict; readonly output: unknown }
    | { readonly type: 'failed'; readonly failure: RecordedFailure }
    /** A person gave feedback instead of an output: the agent starts over with it. */
    | { readonly type: 'feedback'; readonly feedback: string };
}

/** An approval while it waits, and after. Times are epoch milliseconds. */
export interface ApprovalRecord {
  readonly subject: unknown;
  readonly shown: string;
  readonly offers: readonly DecisionKind[];
  readonly role: string;
  readonly dueAt: number;
  readonly reminders: number;
  readonly escalated: boolean;
  readonly decided?: {
    readonly decision: 'approve' | 'edit' | 'reject' | 'retry';
    readonly actor: string;
    readonly role: string;
    readonly comment: string | null;
    readonly value: unknown;
    readonly blame: string | null;
    readonly at: number;
  };
}

/** An effect, entered before it is attempted. `unknown` until the tool answered. */
export interface EffectRecord {
  readonly effect: Exclude<Effect, 'none'>;
  readonly idempotencyKey: string;
  readonly outcome: 'unknown' | 'done' | 'refused';
}

/** One journaled question and what came of it. */
export interface JournalEntry {
  /** Unique in the run, and stable: `clauseExtractor-3` is the third different question to that agent. */
  readonly step: string;
  readonly question: Question;
  /** How many equal questions were asked before this one in the same pass. */
  readonly ordinal: number;
  /** What the step is about, for people. */
  readonly about: string;
  /** The step on whose behalf the engine asked this one (a reviewer, an escalation); absent when the process asked. */
  readonly within?: string;
  readonly askedAt: number;
  state: 'asked' | 'answered' | 'failed';
  endedAt?: number;
  /** The answer's place in the order in which the process was given its answers. */
  turn?: number;
  answer?: unknown;
  failure?: RecordedFailure;
  usage: Usage;
  attempts?: Attempt[];
  approval?: ApprovalRecord;
  effect?: EffectRecord;
  /** The steps of a child run whose effects stand or may stand, as `family-1/book-1`. */
  childEffects?: string[];
  /** Epoch milliseconds at which a sleep ends. */
  wakesAt?: number;
}
