import type { Json } from './json';
import type { Usage } from './usage';

/** What an agent's model asks of a tool. Arguments are what the model wrote, held against the tool's schema. */
export interface ToolRequest {
  /** The model's own name for the request. */
  readonly call: string;
  readonly tool: string;
  readonly arguments: Json;
  /** Why it cannot be dispatched, for the model: an unknown tool, or arguments that do not fit. */
  readonly refusal?: string;
}

/** A request, and how many equal ones were made before it in the same conversation. */
export interface NumberedRequest extends ToolRequest {
  readonly ordinal: number;
}

/** What is said to an agent since its last turn. */
export type Said =
  /** A tool's answer, which the transcript store keeps under its hash; its size in bytes. */
  | { readonly call: string; readonly message: string; readonly bytes: number }
  /** A short word in a tool's place: a refusal, a failure, what stands under its key. */
  | { readonly call: string; readonly text: string }
  /** Feedback, or notice of the last turn. */
  | { readonly text: string };

/** A part of an agent's work that fits a model's context: one, unless the input is too long for it. */
export interface ConversationPart {
  /** The transcript's newest node; absent before the first turn. */
  head?: string;
  /** What the next turn is told. */
  said: readonly Said[];
  /** Requests that the model made in its last turn and that are not answered yet. */
  requests?: readonly NumberedRequest[];
  /** How often each question was put to a tool so far, by its hash. */
  asked: Readonly<Record<string, number>>;
  turns: number;
  /** Tokens in the context after the last turn, as the model counted them. */
  contextTokens: number;
  /** Tokens that an answer may have, once an answer was cut off. Default: the agent's limit. */
  outputTokensMax?: number;
  /** Whether the transcript was compacted since the last turn. */
  isCompacted?: true;
  /** Whether the part has an output. */
  isDone?: true;
}

/** A conversation of one agent with one model, while an agent step is open: all that a later execution goes on from. */
export interface Conversation {
  readonly agent: string;
  readonly model: string;
  /** The attempt that it is for, from 0: a conversation goes on from attempt to attempt with the same model. */
  attempt: number;
  /** What the step had cost before that attempt. */
  usageBefore: Usage;
  readonly parts: ConversationPart[];
}
