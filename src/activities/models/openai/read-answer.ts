import { randomUUID } from 'node:crypto';
import type { ChatAnswer, ChatRequest, ChatToolRequest, JsonSchema } from '../chat';
import type { Completion, WireRequest } from './completion';
import { findJson, type FoundJson } from './find-json';
import type { RequestBody } from './request-body';
import { textRequests } from './text-requests';

/** Rather too many than too few: most texts have more bytes to a token. */
const bytesPerToken = 3;
/** Characters of a call's id and of a tool's name, which go into the history. */
const wordLengthMax = 200;

/** What a model answered: JSON is taken out of what stands around it, and requests that came as text are read. */
export function readAnswer(completion: Completion, request: ChatRequest, body: RequestBody): ChatAnswer {
  const isTruncated = completion.finishReason === 'length';
  const text = withoutThoughts(completion.text);
  const answer = { isTruncated, tokens: tokensOf(completion, body) };
  // Where no tools are offered there is nothing to ask for.
  if (completion.requests.length > 0 && request.tools.length > 0) {
    return { ...answer, text, requests: identified(completion.requests, request) };
  }
  // What stands inside a text that was cut off is not what it was going to be.
  if (isTruncated) return { ...answer, text, requests: [] };
  const found = findJson(text);
  const [first] = found;
  const fitting = found.filter(({ value }) => hasRequired(value, request.answer.schema));
  const offered = new Set(request.tools.map(({ name }) => name));
  const requests = textRequests(
    found.filter((json) => !fitting.includes(json)),
    offered,
  );
  if (first !== undefined && requests.length > 0) {
    const before = text
      .slice(0, first.start)
      .replace(/```[\w-]*\s*$|<tool_call>\s*$/, '')
      .trim();
    return { ...answer, text: before, requests: identified(requests, request) };
  }
  return { ...answer, text: (fitting.at(-1) ?? longest(found))?.text ?? text, requests: [] };
}

/** Some servers pass on what a model thought, in front of what it says. */
function withoutThoughts(text: string): string {
  return text.replace(/^\s*<think>[\s\S]*?<\/think>\s*/, '');
}

function hasRequired(value: unknown, { required }: JsonSchema): boolean {
  if (typeof value !== 'object' || value === null || !Array.isArray(required) || required.length === 0) return false;
  return required.every((name) => typeof name === 'string' && name in value);
}

function longest(found: readonly FoundJson[]): FoundJson | undefined {
  return found.reduce<FoundJson | undefined>(
    (best, json) => (json.text.length > (best?.text.length ?? 0) ? json : best),
    undefined,
  );
}

/** Results are told apart by the id of the call, so no two calls of a conversation may share one. */
function identified(requests: readonly WireRequest[], { messages }: ChatRequest): readonly ChatToolRequest[] {
  const taken = new Set(
    messages.flatMap((message) => (message.role === 'assistant' ? message.requests.map(({ call }) => call) : [])),
  );
  return requests.map(({ id, name, arguments: text }) => {
    const call = id === '' || id.length > wordLengthMax || taken.has(id) ? `call_${randomUUID()}` : id;
    taken.add(call);
    return { call, tool: name.slice(0, wordLengthMax), arguments: text };
  });
}

/** As the server counts; where it does not, from the texts, so that nothing is free because nobody counted it. */
function tokensOf({ usage, text, requests }: Completion, body: RequestBody): ChatAnswer['tokens'] {
  if (usage === undefined) {
    const asked = JSON.stringify([body.messages, body.tools, body.response_format]);
    return { input: estimate(asked), cachedInput: 0, output: estimate(text + JSON.stringify(requests)) };
  }
  const input = Math.ceil(usage.prompt_tokens);
  const cachedInput = Math.min(Math.floor(usage.prompt_tokens_details?.cached_tokens ?? 0), input);
  return { input, cachedInput, output: Math.ceil(usage.completion_tokens) };
}

function estimate(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}
