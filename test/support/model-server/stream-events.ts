import type { AssistantMessage, Completion, WireToolCall } from './completion';
import { tokensOf } from './tokens';

/** A very long text comes in larger pieces, so that a stream stays sendable. */
const piecesMax = 10_000;

/**
 * The server-sent events of a streamed answer, each with its empty line, the last one `[DONE]`.
 *
 * @param includesUsage whether the request asked for the usage, which then comes in a last chunk without choices
 */
export function streamEvents(completion: Completion, includesUsage: boolean): readonly string[] {
  const { id, createdAtSeconds: created, model, message, finishReason, usage } = completion;
  const head = { id, object: 'chat.completion.chunk', created, model };
  // As the real one does: with usage asked for, every chunk has the field, and only the last one a value.
  const saysUsage = includesUsage && usage !== undefined;
  const chunk = (choices: readonly object[]) => ({ ...head, choices, ...(saysUsage ? { usage: null } : {}) });
  const delta = (said: object, finish_reason: string | null = null) =>
    chunk([{ index: 0, delta: said, logprobs: null, finish_reason }]);
  const chunks = [
    ...(message === undefined
      ? [chunk([])]
      : [...deltasOf(message).map((said) => delta(said)), delta({}, finishReason)]),
    ...(saysUsage ? [{ ...head, choices: [], usage }] : []),
  ];
  return [...chunks.map((value) => event(JSON.stringify(value))), event('[DONE]')];
}

function deltasOf({ content, refusal, toolCalls }: AssistantMessage): readonly object[] {
  return [
    { role: 'assistant', content: content === null ? null : '', refusal: null },
    ...piecesOf(content ?? '').map((piece) => ({ content: piece })),
    ...piecesOf(refusal ?? '').map((piece) => ({ refusal: piece })),
    ...toolCalls.flatMap(callDeltas),
  ];
}

function callDeltas({ id, type, function: { name, arguments: text } }: WireToolCall, index: number): readonly object[] {
  return [
    { tool_calls: [{ index, id, type, function: { name, arguments: '' } }] },
    ...piecesOf(text).map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
  ];
}

function piecesOf(text: string): readonly string[] {
  const tokens = tokensOf(text);
  const size = Math.ceil(tokens.length / piecesMax);
  if (size <= 1) return tokens;
  return Array.from({ length: Math.ceil(tokens.length / size) }, (_, index) =>
    tokens.slice(index * size, (index + 1) * size).join(''),
  );
}

function event(data: string): string {
  return `data: ${data}\n\n`;
}
