import type { Conversation } from './conversation';
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
  /** What it cost; absent in runs that began before models. */
  readonly usage?: Usage;
  /** The newest nodes of its transcripts, one for each part; absent when no model was talked to. */
  readonly heads?: readonly string[];
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
    readonly decision: Exclude<DecisionKind, 'reassign'>;
    readonly actor: string;
    readonly role: string;
    readonly comment: string | null;
    readonly value: unknown;
    readonly blame: string | null;
    readonly at: number;
  };
}

/**
 * An effect, entered before it is attempted, with all that its undoing needs. The key is never used again after an undo.
 *
 * - `unknown`: nobody knows yet whether it happened.
 * - `refused`: it did not happen.
 * - `undoneByHand`: a person says that they undid it.
 */
export interface EffectRecord {
  readonly effect: Exclude<Effect, 'none'>;
  readonly tool: string;
  readonly input: unknown;
  readonly idempotencyKey: string;
  /**
   * The child run that ended without saying what it did: the record stands for all that it may have done, and only a
   * person can say what of that stands, and undo it. `tool` is then its process, and the key its id. Default: none.
   */
  readonly lostRun?: string;
  outcome: 'unknown' | 'done' | 'refused' | 'undone' | 'undoneByHand';
}

/** An effect that stands, or may stand, after its step has ended. */
export interface StandingEffect {
  /** Its step; one of a child's is named after both: `family-1/book-1`. */
  readonly step: string;
  readonly record: EffectRecord;
  /** When it ended, in epoch milliseconds: effects are undone newest first. */
  readonly at: number;
}

/** Why an entry no longer answers its question. */
export type Strike =
  /** It was rejected: the question is asked anew, with the feedback. */
  | { readonly why: 'blamed'; readonly feedback: string; readonly answerHash: string; readonly by: string }
  /** It is the step that blamed another. */
  | { readonly why: 'blaming' }
  /** The pass after a rejection did not ask for it again. */
  | { readonly why: 'stale' };

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
  /** How many answers the pass that first asked it had been given by then. */
  readonly after: number;
  /** The last pass that asked for it; 0 when it was taken over from another run. */
  pass: number;
  struck?: Strike;
  /** Taken over by a fork: what it did belongs to the other run. */
  inherited?: true;
  state: 'asked' | 'answered' | 'failed';
  endedAt?: number;
  /** How many steps were settled before it. */
  settled?: number;
  /** The answer's place in the order in which its last pass was given its answers. */
  turn?: number;
  answer?: unknown;
  /** What came of a step's call, while a person is asked about it. */
  draft?: { readonly answer: unknown };
  /** Why nobody knows whether a pivot happened, while a person is asked. */
  doubt?: RecordedFailure;
  failure?: RecordedFailure;
  usage: Usage;
  attempts?: Attempt[];
  /** The conversation of the attempt under way, or of the last one. */
  conversation?: Conversation;
  approval?: ApprovalRecord;
  effect?: EffectRecord;
  /** The effects of a child run that stand, or may stand. */
  childEffects?: readonly StandingEffect[];
  /** Epoch milliseconds at which a sleep ends. */
  wakesAt?: number;
}
