import * as z from 'zod/mini';
import { RefusedRequest } from './refused-request';
import { issuesOf } from '../../../src/contracts/issues';

const ContentPart = z.looseObject({ type: z.string(), text: z.optional(z.string()) });
const Content = z.union([z.string(), z.array(ContentPart)], { error: 'expected a text or a list of parts' });

const ToolCall = z.looseObject({
  id: z.string(),
  type: z.literal('function'),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

const Message = z.discriminatedUnion('role', [
  z.looseObject({ role: z.enum(['system', 'developer', 'user']), content: Content }),
  z.looseObject({
    role: z.literal('assistant'),
    content: z.optional(z.nullable(Content)),
    refusal: z.optional(z.nullable(z.string())),
    tool_calls: z.optional(z.array(ToolCall).check(z.minLength(1))),
  }),
  z.looseObject({ role: z.literal('tool'), content: Content, tool_call_id: z.string() }),
]);
export type Message = z.infer<typeof Message>;

const Tool = z.looseObject({
  type: z.literal('function'),
  function: z.looseObject({
    name: z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,64}$/, 'expected 1 to 64 of a-z, A-Z, 0-9, _ and -')),
    description: z.optional(z.string()),
    parameters: z.optional(z.record(z.string(), z.json())),
    strict: z.optional(z.nullable(z.boolean())),
  }),
});

const ResponseFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({
    type: z.literal('json_schema'),
    json_schema: z.strictObject({
      name: z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,64}$/, 'expected 1 to 64 of a-z, A-Z, 0-9, _ and -')),
      description: z.optional(z.string()),
      schema: z.optional(z.record(z.string(), z.json())),
      strict: z.optional(z.nullable(z.boolean())),
    }),
  }),
]);

const TokenLimit = z.optional(z.nullable(z.int().check(z.minimum(1))));

/** The part of a request for a completion that a server must understand; the rest is taken as it comes. */
const ChatRequest = z.looseObject({
  model: z.string().check(z.minLength(1)),
  messages: z.array(Message).check(z.minLength(1)),
  tools: z.optional(z.array(Tool).check(z.minLength(1))),
  response_format: z.optional(ResponseFormat),
  stream: z.optional(z.nullable(z.boolean())),
  stream_options: z.optional(z.nullable(z.looseObject({ include_usage: z.optional(z.boolean()) }))),
  max_tokens: TokenLimit,
  max_completion_tokens: TokenLimit,
});
export type ChatRequest = z.infer<typeof ChatRequest>;

/** @throws RefusedRequest, a 400, for what no server of this format would take */
export function asChatRequest(body: unknown): ChatRequest {
  const parsed = ChatRequest.safeParse(body);
  if (!parsed.success) {
    const param = parsed.error.issues[0]?.path.map(String).join('.');
    throw new RefusedRequest({ message: `Invalid request: ${issuesOf(parsed.error)}.`, param: param ?? null });
  }
  const request = parsed.data;
  if (request.stream_options != null && request.stream !== true) {
    const message = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
    throw new RefusedRequest({ message, param: 'stream_options' });
  }
  refuseLooseToolResults(request.messages);
  return request;
}

/** Every tool call is answered at once, and nothing else is. */
function refuseLooseToolResults(messages: readonly Message[]): void {
  let open = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (open.delete(message.tool_call_id)) continue;
      throw new RefusedRequest({
        message: `Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.`,
        param: `messages.[${index}].role`,
      });
    }
    refuseOpen(open);
    open = new Set(message.role === 'assistant' ? message.tool_calls?.map(({ id }) => id) : []);
  }
  refuseOpen(open);
}

function refuseOpen(open: ReadonlySet<string>): void {
  if (open.size === 0) return;
  throw new RefusedRequest({
    message: `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(', ')}`,
    param: 'messages',
  });
}

/** The words of a message, its tool calls included. */
export function textOf(message: Message): string {
  const { content } = message;
  const said = typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('\n');
  if (message.role !== 'assistant') return said;
  const calls = message.tool_calls?.map((call) => `${call.function.name} ${call.function.arguments}`) ?? [];
  return [said, message.refusal ?? '', ...calls].filter((part) => part !== '').join('\n');
}
