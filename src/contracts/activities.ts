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

export interface ToolCall {
  readonly tool: string;
  readonly input: unknown;
  readonly idempotencyKey: string;
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
  callTool(call: ToolCall): Promise<unknown>;
  /** What stands under a key; nothing is changed. */
  lookUpTool(call: Omit<ToolCall, 'input'>): Promise<ToolLookup>;
  /** Holds what a person says a tool answered against the tool's schema. */
  checkAnswer(call: { readonly tool: string; readonly answer: unknown }): Promise<unknown>;
  /** Takes an effect back, and sees to it that no late attempt under its key succeeds. */
  undoTool(call: ToolUndo): Promise<{ readonly wasDone: boolean }>;
  notify(notice: Notice): Promise<void>;
}
