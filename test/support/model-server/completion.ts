import type { ChatRequest } from './chat-request';
import type { Reply } from './reply';
import { countPromptTokens, countTokens } from './tokens';

/** An answer as the model gives it, before it is put into the format of one body or of a stream. */
export interface Completion {
  readonly id: string;
  readonly model: string;
  readonly createdAtSeconds: number;
  /** Nothing: an answer without choices. */
  readonly message: AssistantMessage | undefined;
  readonly finishReason: string;
  /** Nothing: the server does not say. */
  readonly usage: WireUsage | undefined;
}

export interface AssistantMessage {
  readonly content: string | null;
  readonly refusal: string | null;
  readonly toolCalls: readonly WireToolCall[];
}

export interface WireToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

export interface WireUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
}

/** @param number which request this answers, for ids that no other answer has */
export function completionOf(reply: Reply, request: ChatRequest, number: number): Completion {
  const message = reply.emptyChoices === true ? undefined : messageOf(reply, number);
  return {
    ...{ id: `chatcmpl-${number}`, model: request.model, createdAtSeconds: Math.floor(Date.now() / 1000), message },
    finishReason: reply.finishReason ?? (reply.toolCalls === undefined ? 'stop' : 'tool_calls'),
    usage: usageOf(reply, request, message),
  };
}

/** The body of an answer that is not streamed. */
export function completionBody({ message, finishReason, usage, ...head }: Completion): object {
  const choice = (spoken: AssistantMessage) => ({
    index: 0,
    message: {
      ...{ role: 'assistant', content: spoken.content, refusal: spoken.refusal },
      ...(spoken.toolCalls.length === 0 ? {} : { tool_calls: spoken.toolCalls }),
    },
    logprobs: null,
    finish_reason: finishReason,
  });
  return {
    ...{ id: head.id, object: 'chat.completion', created: head.createdAtSeconds, model: head.model },
    choices: message === undefined ? [] : [choice(message)],
    ...(usage === undefined ? {} : { usage }),
  };
}

function messageOf({ content, refusal, toolCalls = [], oversizeBytes = 0 }: Reply, number: number): AssistantMessage {
  const wireCalls = toolCalls.map(({ id, name, arguments: value }, index) => ({
    id: id ?? `call_${number}_${index + 1}`,
    type: 'function' as const,
    function: { name, arguments: typeof value === 'string' ? value : JSON.stringify(value) },
  }));
  const text = content === undefined ? null : lengthened(content, oversizeBytes);
  return { content: text, refusal: refusal ?? null, toolCalls: wireCalls };
}

function lengthened(content: NonNullable<Reply['content']>, bytes: number): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const missing = bytes - Buffer.byteLength(text);
  if (missing <= 0) return text;
  const filler = typeof content === 'string' && text !== '' ? text : ' ';
  return text + filler.repeat(Math.ceil(missing / Buffer.byteLength(filler)));
}

function usageOf({ usage }: Reply, request: ChatRequest, message: AssistantMessage | undefined): WireUsage | undefined {
  if (usage === 'none') return undefined;
  const prompt = usage?.promptTokens ?? countPromptTokens(request);
  const completion = usage?.completionTokens ?? countCompletionTokens(message);
  return {
    ...{ prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
    prompt_tokens_details: { cached_tokens: usage?.cachedTokens ?? 0 },
    completion_tokens_details: { reasoning_tokens: usage?.reasoningTokens ?? 0 },
  };
}

function countCompletionTokens(message: AssistantMessage | undefined): number {
  if (message === undefined) return 0;
  const calls = message.toolCalls.map((call) => call.function.name + call.function.arguments);
  return [message.content ?? '', message.refusal ?? '', ...calls].reduce((sum, text) => sum + countTokens(text), 0);
}
