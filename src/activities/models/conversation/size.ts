import { bytesPerToken } from '../../../contracts/token-estimate';
import type { ChatMessage, ChatRequest } from '../chat';

/** Tokens that stand around a message. */
const tokensPerMessage = 8;

/** What goes along with messages. */
export type Aside = Partial<Pick<ChatRequest, 'tools' | 'answer'>>;

/** An upper bound, in practice, of the tokens that messages have, with the tools and the schema that go along. */
export function estimatedTokens(messages: readonly ChatMessage[], { tools = [], answer }: Aside = {}): number {
  const aside = [...tools, ...(answer === undefined ? [] : [answer])].map((one) => JSON.stringify(one));
  const texts = [...messages.map(textOf), ...aside];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return Math.ceil(bytes / bytesPerToken) + tokensPerMessage * texts.length;
}

function textOf(message: ChatMessage): string {
  return message.role === 'assistant' ? message.text + JSON.stringify(message.requests) : message.text;
}
