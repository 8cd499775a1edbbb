import type OpenAI from 'openai' with { 'resolution-mode': 'import' };
import type { Json } from '../../../contracts/json';
import type { ChatMessage, ChatRequest, ChatTool, JsonSchema } from '../chat';
import type { Capabilities } from './capabilities';
import { parsedJson } from '../parsed-json';
import { messagesInWords } from './prompt-protocol';
import { isStrict } from './strict-schema';

export type RequestBody = OpenAI.Chat.ChatCompletionCreateParams;

/** How a model is asked, beside what its server can. */
export interface Manner {
  readonly model: string;
  /** Whether the schema is also said in words where the server holds the answer to it. */
  readonly schemaInPrompt: boolean;
}

/** The body of a request for a chat completion, in the form that the server is known to take. */
export function requestBody(request: ChatRequest, able: Capabilities, { model, schemaInPrompt }: Manner): RequestBody {
  const toolsInWords = !able.toolCalling;
  const schema = able.structuredOutputs === 'schema' ? enforceable(request, toolsInWords) : undefined;
  const inWords = {
    tools: toolsInWords,
    schema: schema === undefined || schemaInPrompt || (toolsInWords && request.tools.length > 0),
  };
  const base = {
    model,
    messages: messagesInWords(request, inWords).map(wireMessage),
    [able.limitName]: request.outputTokensMax,
    ...(request.tools.length > 0 && !toolsInWords ? { tools: request.tools.map(wireTool) } : {}),
    ...(schema === undefined
      ? jsonFormat(able)
      : {
          response_format: {
            type: 'json_schema' as const,
            json_schema: { ...schema, strict: isStrict(schema.schema) },
          },
        }),
  };
  if (!able.streaming) return base;
  return { ...base, stream: true, ...(able.streamedUsage ? { stream_options: { include_usage: true } } : {}) };
}

function jsonFormat({ structuredOutputs }: Capabilities): Pick<RequestBody, 'response_format'> {
  return structuredOutputs === 'json' ? { response_format: { type: 'json_object' } } : {};
}

interface NamedSchema {
  readonly name: string;
  readonly schema: Record<string, Json>;
}

/**
 * The schema that the server holds the answer to. Where tools are offered in words it must let requests through;
 * references would then point elsewhere, so such a schema is only said in words.
 */
function enforceable({ answer, tools }: ChatRequest, toolsInWords: boolean): NamedSchema | undefined {
  const name = answer.name.replaceAll(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64);
  const answers = answer.schema;
  if (answers['type'] !== 'object') return undefined;
  if (!toolsInWords || tools.length === 0) return { name, schema: answers };
  if ([answers, ...tools.map(({ parameters }) => parameters)].some(hasReferences)) return undefined;
  return { name, schema: { anyOf: [answers, ...tools.map(requestSchema)] } };
}

function requestSchema({ name, parameters }: ChatTool): Json {
  return {
    type: 'object',
    properties: { tool: { type: 'string', enum: [name] }, arguments: parameters },
    required: ['tool', 'arguments'],
    additionalProperties: false,
  };
}

function hasReferences(schema: JsonSchema): boolean {
  return JSON.stringify(schema).includes('"$ref":');
}

function wireTool({ name, description, parameters }: ChatTool): OpenAI.Chat.ChatCompletionFunctionTool {
  return { type: 'function', function: { name, description, parameters, strict: isStrict(parameters) } };
}

function wireMessage(message: ChatMessage): OpenAI.Chat.ChatCompletionMessageParam {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.text };
    case 'tool':
      return { role: 'tool', tool_call_id: message.call, content: message.text };
    case 'assistant':
      if (message.requests.length === 0) return { role: 'assistant', content: message.text };
      return {
        role: 'assistant',
        content: message.text === '' ? null : message.text,
        tool_calls: message.requests.map(({ call, tool, arguments: text }) => ({
          id: call,
          type: 'function',
          function: { name: tool, arguments: wireArguments(text) },
        })),
      };
  }
}

/** Arguments that are no JSON object would have servers refuse all that comes after them: their templates read them. */
function wireArguments(text: string): string {
  if (text.trim() === '') return '{}';
  const read = parsedJson(text);
  const isObject =
    'value' in read && typeof read.value === 'object' && read.value !== null && !Array.isArray(read.value);
  return isObject ? text : JSON.stringify({ written: text });
}
