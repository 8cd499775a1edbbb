import * as z from 'zod/mini';

/** Requests for tools that are taken of one answer; more are none that a model means. */
export const requestsMax = 128;

/** An answer as it came, whole or gathered from a stream. */
export interface Completion {
  readonly text: string;
  readonly refusal: string;
  readonly requests: readonly WireRequest[];
  /** Nothing: the server gave no reason, or the stream was cut. */
  readonly finishReason: string | undefined;
  /** Nothing: the server does not count. */
  readonly usage: WireUsage | undefined;
}

/** A request for a tool; the id may be missing or used twice. */
export interface WireRequest {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

const Count = z.number().check(z.minimum(0));
export const WireUsage = z.object({
  prompt_tokens: Count,
  completion_tokens: Count,
  prompt_tokens_details: z.optional(z.nullable(z.object({ cached_tokens: z.optional(z.nullable(Count)) }))),
});
export type WireUsage = z.infer<typeof WireUsage>;

const Text = z.optional(z.nullable(z.string()));
const Content = z.optional(
  z.nullable(z.union([z.string(), z.array(z.looseObject({ text: z.optional(z.unknown()) }))])),
);
const Call = z.object({
  id: Text,
  index: z.optional(z.nullable(z.number())),
  function: z.optional(z.nullable(z.object({ name: Text, arguments: z.optional(z.unknown()) }))),
});
const Said = z.object({ content: Content, refusal: Text, tool_calls: z.optional(z.nullable(z.array(Call))) });
export type Said = z.infer<typeof Said>;

const Usage = z.optional(z.nullable(z.unknown()));

/** An answer that came at once. */
export const WholeCompletion = z.object({
  choices: z.array(z.object({ message: Said, finish_reason: Text })),
  usage: Usage,
});

/** A piece of a streamed answer. */
export const CompletionChunk = z.object({
  choices: z.optional(z.nullable(z.array(z.object({ delta: z.optional(z.nullable(Said)), finish_reason: Text })))),
  usage: Usage,
});
export type CompletionChunk = z.infer<typeof CompletionChunk>;

/** The text of a content, which some servers send in parts. */
export function contentText(content: Said['content']): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(({ text }) => (typeof text === 'string' ? text : '')).join('');
}

/** Arguments are text on the wire; some servers send the value itself. */
export function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** The counts, if they are any. */
export function usageIn(value: unknown): WireUsage | undefined {
  const parsed = WireUsage.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
