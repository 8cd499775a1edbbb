import type { ModelCard } from './model-card';

/** The saga terms: what it means to have called a tool. */
export type Effect = 'none' | 'compensatable' | 'pivot' | 'retriable';

/** What the engine must know of an agent. */
export interface AgentCard {
  readonly name: string;
  readonly version: string;
  readonly owner: string;
  readonly objective: string;
  /** Whether its output is a Verdict, so that it may be a gate. */
  readonly isReviewer: boolean;
  /** In order of preference; `code` is the agent's own code. */
  readonly models: readonly [string, ...string[]];
  /** The agent that takes over when no model of this one gives an output that passes. */
  readonly fallback?: string;
  /** The role that is asked when nothing else helps. */
  readonly escalateTo: string;
  /** Attempts with one model before the next is tried. */
  readonly attemptsMax: number;
  readonly timeoutMs: number;
  /** The tools that its models may ask for. Absent: none. */
  readonly tools?: readonly string[];
  /** The model to use instead when a budget is nearly spent. Absent: none. */
  readonly cheaperModel?: string;
  /** Whether its own code is called as a local activity. Absent: as an ordinary one. */
  readonly isQuick?: true;
  /** What one step of it may take. Absent in runs that began before models. */
  readonly limits?: AgentLimits;
}

/** What one step of an agent may take, all attempts together. */
export interface AgentLimits {
  /** Turns of one conversation; the last is offered no tools. */
  readonly turnsMax: number;
  /** Tokens of one answer. */
  readonly outputTokensMax: number;
  readonly tokensMax?: number;
  readonly costMicroUsdMax?: number;
  readonly callsMax?: number;
  /** Wall time, in milliseconds. */
  readonly durationMsMax?: number;
}

/** For an agent that says nothing of them. */
export const agentLimitsDefault: AgentLimits = { turnsMax: 12, outputTokensMax: 4_096 };

/** What the engine must know of a tool. */
export interface ToolCard {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly effect: Effect;
  /** Whether what stands under a key can be asked for. */
  readonly hasLookup: boolean;
  /** The role that must approve what a model asks of it, and is asked when nobody knows whether a pivot happened. */
  readonly approvedBy?: string;
  readonly timeoutMs: number;
  /** Whether it is called as a local activity; of effect-free ones only. Absent: as an ordinary one. */
  readonly isQuick?: true;
}

export interface Policies {
  /** New steps per workflow execution before the run continues as new; without it, when the server suggests. */
  readonly stepsPerExecutionMax?: number;
  /** How often one run may ask the very same question before it is stopped as a loop. */
  readonly sameQuestionMax: number;
  /** Rejections that one run takes up by rework before it ends as rejected. Runs that began before rework have none. */
  readonly reworkRoundsMax?: number;
}

/**
 * The engine's behaviour. A run keeps the one that it began with, so that its history replays.
 *
 * - 1: runs whose manifest names none.
 * - 2: what a repair takes over of unknown outcome is found out before it is tried again; a child takes back that its
 *   pivots wait; a child whose pivots wait puts off its parent's hand-over; a child that was ended from outside leaves
 *   the question what it did.
 * - 3: what nothing stands in the way of is asked, and what nothing has come before is answered, in the same moment.
 * - 4: what a run is, and its first state, are told at once.
 * - 5: calls cite the long texts that earlier calls answered with.
 */
export const engineVersion = 5;

/** Which agents and tools, in which versions, with which policies, a run may use: recorded before anything else. */
export interface Manifest {
  /** The `engineVersion` that the run began with. Absent: 1. */
  readonly engine?: number;
  readonly runId: string;
  /** Unique to this run for ever: a run id may come again once the server has forgotten it. */
  readonly executionId: string;
  readonly agents: Readonly<Record<string, AgentCard>>;
  readonly tools: Readonly<Record<string, ToolCard>>;
  readonly rules: readonly string[];
  /** The models that its agents may use, but `code`. Absent in runs that began before models. */
  readonly models?: Readonly<Record<string, ModelCard>>;
  readonly policies: Policies;
}
