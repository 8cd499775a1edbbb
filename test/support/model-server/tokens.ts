import { textOf, type ChatRequest } from './chat-request';

/** About what a tokenizer makes of English: four characters each. */
const charactersPerToken = 4;
/** The role and the marks around a message. */
const tokensPerMessage = 4;

/** The tokens of a text, in order; put together they are the text. */
export function tokensOf(text: string): readonly string[] {
  return text.match(/[^]{1,4}/gu) ?? [];
}

/** How many tokens a text has. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** How many tokens a request hands to the model: its messages, its tools and the form of the answer. */
export function countPromptTokens({ messages, tools, response_format: format }: ChatRequest): number {
  const forms = [tools, format].map((form) => (form === undefined ? 0 : countTokens(JSON.stringify(form))));
  const said = messages.map((message) => tokensPerMessage + countTokens(textOf(message)));
  return [...forms, ...said].reduce((sum, count) => sum + count, 0);
}
