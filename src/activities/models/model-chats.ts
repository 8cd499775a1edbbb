import { failure } from '../../contracts/failures';
import type { ModelEntry, ModelTable } from '../../contracts/model-table';
import type { Chat } from './chat';
import { inTurn } from './in-turn';
import { guardedChat } from './openai/guarded-chat';
import { modelBreaker } from './openai/model-breaker';
import { openaiChat, type OpenaiChatOptions } from './openai/openai-chat';

/** The way to a model; with an alternative, one that is known to be down fails at once. */
export type ChatOf = (model: string, choice: { readonly hasAlternative: boolean }) => Chat;

const whileTriedMsMin = 15_000;
const triesInTimeout = 10;

/** The server that all models of a worker are asked at. */
export type ModelServer = Omit<OpenaiChatOptions, 'model'>;

/**
 * The models of a table, each asked at the same server, with a memory of what it lacks and a circuit of its own.
 *
 * @throws `InvalidInput` for a server that cannot be one; when a model is asked for, `ModelUnusable` if it is not in
 *   the table
 */
export function modelChats(table: ModelTable, server: ModelServer): ChatOf {
  const chats = new Map(Object.entries(table).map(([name, entry]) => [name, guarded(name, entry, server)]));
  return (name, choice) => {
    const chat = chats.get(name);
    if (chat !== undefined) return chat(choice);
    throw failure('ModelUnusable', `This worker has no model ${name}. Add it to the table of models.`, { model: name });
  };
}

function guarded(
  name: string,
  { id, capabilities, timeoutMs, requestsMax }: ModelEntry,
  server: ModelServer,
): (choice: { readonly hasAlternative: boolean }) => Chat {
  const asked = openaiChat({ ...server, model: { id, timeoutMs, ...capabilities } });
  const chat = requestsMax === undefined ? asked : inTurn(asked, requestsMax);
  // A slow answer must not use up the tries of the others, who come again while it is awaited.
  const breaker = modelBreaker({ model: name, whileTriedMs: Math.max(whileTriedMsMin, timeoutMs / triesInTimeout) });
  return (choice) => guardedChat(chat, breaker, choice);
}
