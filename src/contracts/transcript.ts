import * as z from 'zod/mini';

/** A message as the transcript keeps it. A tool's answer may lie in a node of its own, named by its hash. */
export const TranscriptMessage = z.union([
  z.strictObject({ role: z.enum(['system', 'user']), text: z.string() }),
  z.strictObject({
    role: z.literal('assistant'),
    text: z.string(),
    /** Arguments are the text that the model wrote. */
    requests: z.array(z.strictObject({ call: z.string(), tool: z.string(), arguments: z.string() })),
  }),
  z.strictObject({ role: z.literal('tool'), call: z.string(), text: z.string() }),
  z.strictObject({ role: z.literal('tool'), call: z.string(), message: z.string() }),
]);
export type TranscriptMessage = z.infer<typeof TranscriptMessage>;

/** What a model's answer cost, in tokens. Cached input is part of the input. */
export const TokenCounts = z.strictObject({ input: z.int(), cachedInput: z.int(), output: z.int() });
export type TokenCounts = z.infer<typeof TokenCounts>;

/**
 * A node of a transcript: a linked list from the newest turn to the opening, each node under the hash of its content.
 * Whoever builds a model's context stops at a summary; whoever reads what was said goes on past it.
 */
export const TranscriptNode = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('opening'),
    agent: z.string(),
    version: z.string(),
    model: z.string(),
    /** What the agent was asked, as the process asked it. */
    input: z.unknown(),
    part: z.int(),
    parts: z.int(),
    messages: z.array(TranscriptMessage),
  }),
  z.strictObject({
    kind: z.literal('turn'),
    parent: z.string(),
    said: z.array(TranscriptMessage),
    answer: TranscriptMessage,
    tokens: TokenCounts,
  }),
  /** Stands for all between the opening and itself. What was kept as it was is said again after it. */
  z.strictObject({ kind: z.literal('summary'), parent: z.string(), text: z.string(), tokens: TokenCounts }),
  z.strictObject({ kind: z.literal('toolAnswer'), tool: z.string(), text: z.string() }),
]);
export type TranscriptNode = z.infer<typeof TranscriptNode>;
