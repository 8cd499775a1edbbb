import type { ChatMessage, ChatRequest, ChatTool, ChatToolRequest, JsonSchema } from '../chat';
import { parsedJson } from '../parsed-json';

/** What a server does not do by the wire format, and is therefore said in words. */
export interface InWords {
  readonly schema: boolean;
  readonly tools: boolean;
}

/** The schema and the tools in words: `{"tool": name, "arguments": {…}}`, a list of these, or the answer itself. */
function instructionsFor({ tools, answer }: ChatRequest, inWords: InWords): string {
  const offer = inWords.tools && tools.length > 0 ? [toolsInWords(tools)] : [];
  const shape = inWords.schema ? [schemaInWords(answer.schema, tools.length > 0)] : [];
  return [...offer, ...shape].join('\n\n');
}

/** The messages with the instructions at the end of the system's; where tools are in words, without any tool message. */
export function messagesInWords(request: ChatRequest, inWords: InWords): readonly ChatMessage[] {
  const messages = inWords.tools ? withoutToolMessages(request.messages) : request.messages;
  const instructions = instructionsFor(request, inWords);
  if (instructions === '') return messages;
  const [first, ...others] = messages;
  if (first?.role !== 'system') return [{ role: 'system', text: instructions }, ...messages];
  return [{ role: 'system', text: `${first.text}\n\n${instructions}` }, ...others];
}

function toolsInWords(tools: readonly ChatTool[]): string {
  const offers = tools.map(
    ({ name, description, parameters }) => `- ${name}: ${description}\n  Arguments: ${schemaText(parameters)}`,
  );
  return [
    'You can use tools. To use one, write only this JSON, with the name of the tool and its arguments:',
    '{"tool": "NAME", "arguments": {}}',
    'To use several at once, write a JSON list of these. The results come in the next message. The tools:',
    ...offers,
  ].join('\n');
}

function schemaInWords(schema: JsonSchema, hasTools: boolean): string {
  const when = hasTools ? 'When you need no tool, answer' : 'Answer';
  return `${when} with JSON only, with no text before or after it, that fits this JSON schema:\n${schemaText(schema)}`;
}

function schemaText(schema: JsonSchema): string {
  return JSON.stringify(schema);
}

/** Requests become what the model would have written, results a message to it. */
function withoutToolMessages(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const names = new Map<string, string>();
  const said: ChatMessage[] = [];
  let results: string[] = [];
  const tellResults = () => {
    if (results.length > 0) said.push({ role: 'user', text: results.join('\n\n') });
    results = [];
  };
  for (const message of messages) {
    if (message.role === 'tool') {
      results.push(`Result of the tool ${names.get(message.call) ?? message.call}:\n${message.text}`);
      continue;
    }
    tellResults();
    if (message.role !== 'assistant' || message.requests.length === 0) {
      said.push(message);
      continue;
    }
    for (const { call, tool } of message.requests) names.set(call, tool);
    const text = [message.text, requestsText(message.requests)].filter((part) => part !== '').join('\n');
    said.push({ role: 'assistant', text, requests: [] });
  }
  tellResults();
  return said;
}

function requestsText(requests: readonly ChatToolRequest[]): string {
  const written = requests.map(
    ({ tool, arguments: text }) =>
      `{"tool": ${JSON.stringify(tool)}, "arguments": ${'value' in parsedJson(text) ? text : JSON.stringify(text)}}`,
  );
  return written.length === 1 ? written.join('') : `[${written.join(', ')}]`;
}
