import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod/mini';

const textMax = 10_000_000;
const delayMsMax = 600_000;
const bytesMax = 100_000_000;
const toolCallsMax = 100;
const headersMax = 50;

const Text = z.string().check(z.maxLength(textMax));
const Count = z.int().check(z.minimum(0), z.maximum(1_000_000_000));
const DelayMs = z.number().check(z.minimum(0), z.maximum(delayMsMax));
const Bytes = z.int().check(z.minimum(0), z.maximum(bytesMax));

/** Text is sent as it stands; any other value as JSON. `null` is left out, for in YAML it is what was forgotten. */
const TextOrJson = z.union([Text, z.number(), z.boolean(), z.array(z.json()), z.record(z.string(), z.json())], {
  error: 'expected a text or a JSON value other than null',
});

const ToolCall = z.strictObject({
  name: z.string(),
  /** A text is sent as it stands, also when it is no JSON. */
  arguments: TextOrJson,
  /** Default: one that no other call has. */
  id: z.optional(z.string()),
});

/** Token counts of an answer. What is left out is counted from the texts; nothing is taken from a cache. */
const UsageCounts = z.strictObject({
  promptTokens: z.optional(Count),
  /** Those of the prompt that came from the cache. */
  cachedTokens: z.optional(Count),
  completionTokens: z.optional(Count),
  /** Those of the completion that nobody sees. */
  reasoningTokens: z.optional(Count),
});

const WireError = z.strictObject({
  status: z.int().check(z.minimum(400), z.maximum(599)),
  message: z.optional(Text),
  type: z.optional(z.string()),
  code: z.optional(z.nullable(z.string())),
  param: z.optional(z.nullable(z.string())),
});
export type WireError = z.infer<typeof WireError>;

/** When to come again: `Retry-After` in seconds, `retry-after-ms`, or `Retry-After` as a date so far from now. */
const RetryAfter = z.union(
  [
    z.strictObject({ seconds: z.number().check(z.minimum(0)) }),
    z.strictObject({ ms: z.number().check(z.minimum(0)) }),
    z.strictObject({ dateInMs: z.number() }),
  ],
  { error: 'expected one of seconds, ms, dateInMs, with a number' },
);
export type RetryAfter = z.infer<typeof RetryAfter>;

const Headers = z.record(z.string(), z.string()).check(
  z.refine((headers) => Object.keys(headers).length <= headersMax, `expected at most ${headersMax} headers`),
  z.refine((headers) => Object.entries(headers).every(isHeader), 'expected names and values that HTTP can carry'),
);

const ReplyFields = z.strictObject({
  /** The text of the answer. */
  content: z.optional(TextOrJson),
  toolCalls: z.optional(z.array(ToolCall).check(z.minLength(1), z.maxLength(toolCallsMax))),
  /** `message.refusal`. */
  refusal: z.optional(Text),
  /** An answer without any choice. */
  emptyChoices: z.optional(z.literal(true)),
  /** Default: `tool_calls` with tool calls, else `stop`. */
  finishReason: z.optional(z.enum(['stop', 'length', 'tool_calls', 'content_filter'])),
  /** `none`: the answer has no usage at all. Default: counted from the texts. */
  usage: z.optional(z.union([z.literal('none'), UsageCounts], { error: 'expected none, or counts of tokens' })),
  /** The content is lengthened to so many bytes: a text repeats itself, white space follows other JSON. */
  oversizeBytes: z.optional(Bytes),

  /** An error in place of an answer. */
  error: z.optional(WireError),

  /** What is sent in place of anything well formed: garbage, a page of a proxy, broken events. */
  body: z.optional(Text),
  /** The status of `body`. Default: 200. */
  status: z.optional(z.int().check(z.minimum(200), z.maximum(599))),

  headers: z.optional(Headers),
  retryAfter: z.optional(RetryAfter),
  /** In place of the type that belongs to the reply. */
  contentType: z.optional(z.string().check(z.regex(/^[\x20-\x7e]{1,200}$/, 'expected visible ASCII characters'))),
  /** Waited before the first byte. */
  delayMs: z.optional(DelayMs),
  /** Waited before every piece of a stream. */
  perTokenDelayMs: z.optional(DelayMs),
  /** The connection is reset: before any byte, after half of the body, or after so many bytes of it. */
  reset: z.optional(
    z.union([z.literal('beforeAnswer'), z.literal('midway'), z.strictObject({ afterBytes: Bytes })], {
      error: 'expected beforeAnswer, midway, or afterBytes with a number',
    }),
  ),
});
type ReplyFields = z.infer<typeof ReplyFields>;

/** One reply of a script. */
export const Reply = ReplyFields.check((context) => {
  const contradiction = contradictionIn(context.value);
  if (contradiction !== undefined) {
    context.issues.push({ code: 'custom', input: context.value, message: contradiction });
  }
});
export type Reply = z.infer<typeof Reply>;

function contradictionIn(reply: ReplyFields): string | undefined {
  const isAnswer = reply.content !== undefined || reply.toolCalls !== undefined || reply.refusal !== undefined;
  const isLost = reply.reset === 'beforeAnswer';
  const isError = reply.error !== undefined;
  const kinds = [isAnswer, reply.emptyChoices === true, isError, reply.body !== undefined, isLost].filter(
    Boolean,
  ).length;
  if (kinds === 0) {
    return 'expected content, toolCalls, refusal, emptyChoices, error, body, or reset: beforeAnswer; nothing came';
  }
  if (kinds > 1) {
    return 'expected only one of an answer (content, toolCalls, refusal), emptyChoices, error, body, reset: beforeAnswer';
  }
  const isCompletion = isAnswer || reply.emptyChoices === true;
  if (!isAnswer && reply.finishReason !== undefined) return 'finishReason belongs to an answer';
  if (!isCompletion && reply.usage !== undefined) return 'usage belongs to an answer';
  if (!isCompletion && reply.perTokenDelayMs !== undefined) return 'perTokenDelayMs belongs to an answer';
  if (reply.content === undefined && reply.oversizeBytes !== undefined) return 'oversizeBytes belongs to content';
  if (reply.body === undefined && reply.status !== undefined) return 'status belongs to body; an error has its own';
  const hasHead = reply.headers !== undefined || reply.retryAfter !== undefined || reply.contentType !== undefined;
  if (isLost && hasHead) return 'with reset: beforeAnswer nothing is sent, so neither are headers';
  return undefined;
}

function isHeader([name, value]: readonly [string, string]): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
