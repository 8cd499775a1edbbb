import type { Said, ToolRequest } from './conversation';
import type { Manifest } from './manifest';
import type { Usage } from './usage';
import type { Verdict } from './verdict';

export interface AgentCall {
  readonly agent: string;
  readonly model: string;
  readonly input: unknown;
  /** What earlier attempts were told, oldest first. */
  readonly feedback: readonly string[];
  /** Named rules that hold the output against its sources, in order. */
  readonly rules: readonly string[];
}

/** An output and the first verdict on it that was not `accept`; `gate` names who gave it. */
export interface AgentAnswer {
  readonly output: unknown;
  readonly gate: string;
  readonly verdict: Verdict;
  readonly usage: Usage;
}

/** The beginning of a conversation, or how it goes on: where its transcript stands, and what was said since. */
export type ConversationState =
  | {
      readonly input: unknown;
      /** What earlier attempts were told, oldest first. Absent: nothing. */
      readonly feedback?: readonly string[];
      /** Which part of the agent's work, from 0. Absent: the first. */
      readonly part?: number;
    }
  | { readonly head: string; readonly said: readonly Said[] };

/** What a call of a model may cost at most. The activity does not send what would come to more. */
export interface ModelLimits {
  readonly inputTokensMax: number;
  readonly outputTokensMax: number;
}

/** One turn of an agent with a model. */
export interface ModelCall {
  readonly agent: string;
  readonly model: string;
  readonly conversation: ConversationState;
  /** Named rules that hold the output against its sources, in order. */
  readonly rules: readonly string[];
  readonly limits: ModelLimits;
  /** The last turn that the agent has: it is offered no tools. Absent: it is not. */
  readonly isLastTurn?: boolean;
  /** Whether something else can be tried: then a model that is known to be down fails at once. Absent: it cannot. */
  readonly hasAlternative?: boolean;
}

/** What a model decided in a turn. */
export type ModelDecision =
  /** An output, held against the schema and the rules; with the number of parts that the agent's work has. */
  | {
      readonly type: 'output';
      readonly output: unknown;
      readonly gate: string;
      readonly verdict: Verdict;
      readonly parts: number;
    }
  | { readonly type: 'tools'; readonly requests: readonly ToolRequest[] }
  /** The answer was cut off at the limit on its tokens. */
  | { readonly type: 'truncated' }
  /** Nothing was sent: it would have this many tokens, more than the call's limit. */
  | { readonly type: 'overLimit'; readonly inputTokens: number };

export interface ModelTurn {
  /** The transcript's newest node, the answer in it; absent when nothing was sent. */
  readonly head?: string;
  /** Tokens in the context after this turn, as the model counted them. */
  readonly contextTokens: number;
  readonly usage: Usage;
  readonly decision: ModelDecision;
}

/** Requests that one compaction may take. */
export const compactionRequestsMax = 8;

/** A transcript that has become too long for its model's context. The limits hold for all requests together. */
export interface CompactionCall extends Pick<ModelCall, 'agent' | 'model' | 'limits' | 'hasAlternative'> {
  readonly head: string;
  /** What is to be said next: the conversation must have room for it. */
  readonly said: readonly Said[];
}

/** A transcript that was made shorter. */
export interface CompactedTranscript {
  /** The conversation goes on from here: after the opening a summary, and then the newest turns as they were. */
  readonly head: string;
  /** Tokens in the context from now on, estimated. */
  readonly contextTokens: number;
  readonly usage: Usage;
}

/** Outputs of the parts of one agent's work, to be made one. */
export interface PartsCall {
  readonly agent: string;
  readonly model: string;
  /** The heads of the parts' transcripts, in order. */
  readonly heads: readonly string[];
  readonly rules: readonly string[];
}

export interface ToolCall {
  readonly tool: string;
  readonly input: unknown;
  readonly idempotencyKey: string;
}

/** A tool's answer that a transcript keeps: where, and how long it is. */
export interface TranscribedAnswer {
  readonly message: string;
  readonly bytes: number;
}

/** An effect to take back. Its key tells it from every other. */
export interface ToolUndo extends ToolCall {
  /** An effect of unknown outcome is looked up first. */
  readonly outcome: 'done' | 'unknown';
}

/** What stands under a key. */
export type ToolLookup = { readonly found: true; readonly answer: unknown } | { readonly found: false };

/** A person is to be told that a step waits. */
export interface Notice {
  readonly runId: string;
  readonly process: string;
  readonly step: string;
  readonly role: string;
  readonly dueAt: number;
  readonly reason: 'asked' | 'reminder' | 'escalated' | 'reassigned';
}

/** What the engine asks of the world: every border crossing of a run is one of these. */
export interface EngineActivities {
  loadManifest(): Promise<Manifest>;
  callAgent(call: AgentCall): Promise<AgentAnswer>;
  /** Holds an output that a person supplied against the agent's schema and rules. */
  checkOutput(call: Omit<AgentCall, 'model' | 'feedback'> & { readonly output: unknown }): Promise<AgentAnswer>;
  /** One turn of an agent with a model. */
  callModel(call: ModelCall): Promise<ModelTurn>;
  /** Makes a transcript shorter, so that the conversation fits the model's context again. Its limits hold for all of it. */
  compactTranscript(call: CompactionCall): Promise<CompactedTranscript>;
  /** Makes one output of those of the parts. */
  joinParts(call: PartsCall): Promise<AgentAnswer>;
  callTool(call: ToolCall): Promise<unknown>;
  /** Calls a tool for an agent's model: its answer goes into the transcript store. */
  callToolForModel(call: ToolCall): Promise<TranscribedAnswer>;
  /** What stands under a key; nothing is changed. */
  lookUpTool(call: Omit<ToolCall, 'input'>): Promise<ToolLookup>;
  /** Holds what a person says a tool answered against the tool's schema. */
  checkAnswer(call: { readonly tool: string; readonly answer: unknown }): Promise<unknown>;
  /** Takes an effect back, and sees to it that no late attempt under its key succeeds. */
  undoTool(call: ToolUndo): Promise<{ readonly wasDone: boolean }>;
  notify(notice: Notice): Promise<void>;
}
