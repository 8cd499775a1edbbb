import type { Json } from '../../contracts/json';
import type { TokenCounts } from '../../contracts/transcript';

/** A JSON schema, as models are given it. */
export type JsonSchema = Readonly<Record<string, Json>>;

/** A message to or from a model, with everything in it. */
export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly requests: readonly ChatToolRequest[] }
  | { readonly role: 'tool'; readonly call: string; readonly text: string };

/** A tool that a model asks for; `arguments` is the text that it wrote, which may be no JSON. */
export interface ChatToolRequest {
  readonly call: string;
  readonly tool: string;
  readonly arguments: string;
}

/** A tool that a model may ask for. */
export interface ChatTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonSchema;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly ChatTool[];
  /** The shape that an answer without tool requests must have. */
  readonly answer: { readonly name: string; readonly schema: JsonSchema };
  readonly outputTokensMax: number;
  readonly signal: AbortSignal;
  /** Is given the text as it comes; what comes of it changes nothing. */
  readonly onText?: (text: string) => void;
}

export interface ChatAnswer {
  /** What the model wrote, beside its requests: JSON, if it kept to the schema. */
  readonly text: string;
  readonly requests: readonly ChatToolRequest[];
  /** Whether it was cut off at the limit. */
  readonly isTruncated: boolean;
  readonly tokens: TokenCounts;
}

/**
 * One request to one model.
 *
 * @throws `ModelUnavailable` or `ModelBusy`, which may pass; `ModelUnusable`, `ModelRefused`, `ContextTooLong`,
 *   `ModelRequestRejected`, which do not
 */
export type Chat = (request: ChatRequest) => Promise<ChatAnswer>;
