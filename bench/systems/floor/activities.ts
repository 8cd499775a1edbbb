import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askModel } from '../../model/ask-model';
import type { ChatMessage } from '../../model/answer';
import { randomText } from '../../work/random-text';
import { pageTool } from './page-tool';

/** A conversation by reference: its messages are files, and histories carry its name and length. */
export interface Conversation {
  readonly id: string;
  readonly length: number;
}

/** The tool that the model asks for next, or the text that it ends with. */
export type Turn = { readonly tool: { readonly id: string; readonly arguments: string } } | { readonly text: string };

interface Message {
  readonly role: string;
  readonly content: unknown;
}

/** The activities of the hand-written workflows: what a careful author writes, and nothing besides. */
export function floorActivities(folder: string, modelUrl: string) {
  const transcripts = join(folder, 'transcripts');
  const fileOf = (id: string, index: number) =>
    join(transcripts, `${createHash('sha256').update(id).digest('hex')}-${index}.json`);
  // A message is written under its place, so that an attempt that is made twice writes the same file.
  mkdirSync(transcripts, { recursive: true });
  const put = async ({ id, length }: Conversation, message: Message | ChatMessage): Promise<Conversation> => {
    await writeFile(fileOf(id, length), JSON.stringify(message));
    return { id, length: length + 1 };
  };
  const messagesOf = ({ id, length }: Conversation): Promise<Message[]> =>
    Promise.all(
      Array.from({ length }, async (_, index) => JSON.parse(await readFile(fileOf(id, index), 'utf8')) as Message),
    );
  return {
    /** One model call on a text. */
    async callModel({ instructions, text }: { readonly instructions: string; readonly text: string }) {
      const messages = [
        { role: 'system', content: instructions },
        { role: 'user', content: text },
      ];
      return { text: (await askModel(modelUrl, { model: 'bench', messages })).content ?? '' };
    },
    /** The tool of chains, fans and items: another text of the same length. */
    note: ({ text }: { readonly text: string }) => Promise.resolve({ text: randomText(text, text.length) }),
    /** Begins a conversation with the user's word. */
    begin: (id: string, text: string) => put({ id, length: 0 }, { role: 'user', content: text }),
    /** One model call on a conversation. */
    async turn(conversation: Conversation): Promise<{ readonly conversation: Conversation; readonly turn: Turn }> {
      const messages = await messagesOf(conversation);
      const message = await askModel(modelUrl, { model: 'bench', messages, tools: [pageTool] });
      const call = message.tool_calls?.[0];
      return {
        conversation: await put(conversation, message),
        turn:
          call === undefined
            ? { text: message.content ?? '' }
            : { tool: { id: call.id, arguments: call.function.arguments } },
      };
    },
    /** The tool of the conversation; its result goes into the transcript. */
    async page(conversation: Conversation, tool: { readonly id: string; readonly arguments: string }) {
      const { key, bytes } = JSON.parse(tool.arguments) as { readonly key: string; readonly bytes: number };
      const result = { role: 'tool', tool_call_id: tool.id, content: randomText(key, bytes) };
      return put(conversation, result);
    },
  };
}

export type FloorActivities = ReturnType<typeof floorActivities>;
