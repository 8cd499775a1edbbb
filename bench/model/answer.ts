import { randomText } from '../work/random-text';
import type { Behaviour } from './behaviour';

/** What the benchmark's model reads of a request to `/chat/completions`. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content?: unknown }[];
  readonly tools?: readonly { readonly function: { readonly name: string; readonly parameters?: JsonSchema } }[];
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema?: JsonSchema } };
  readonly stream?: boolean;
}

/** As much of JSON schema as the benchmark's agents and tools use. */
export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

/** What it answers: text, or one call of the first tool. */
export interface ChatMessage {
  readonly role: 'assistant';
  readonly content: string | null;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly type: 'function';
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
}

/** Answers with random text in the shape that was asked for; the same for the same conversation. */
export function answer(request: ChatRequest, behaviour: Behaviour): ChatMessage {
  const seed = `${request.messages.length} ${JSON.stringify(request.messages.at(-1)?.content ?? '')}`;
  const results = request.messages.filter(({ role }) => role === 'tool').length;
  const tool = results < behaviour.toolCalls ? request.tools?.[0]?.function : undefined;
  if (tool !== undefined) {
    const made = { ...objectOf(tool.parameters ?? {}, seed, behaviour), ...behaviour.toolArguments };
    const call = { name: tool.name, arguments: JSON.stringify(made) };
    return {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: `call_${randomText(seed, idBytes)}`, type: 'function', function: call }],
    };
  }
  const schema = request.response_format?.json_schema?.schema;
  const content =
    schema === undefined ? randomText(seed, behaviour.textBytes) : JSON.stringify(valueOf(schema, seed, behaviour));
  return { role: 'assistant', content };
}

const idBytes = 24;

function objectOf({ properties = {} }: JsonSchema, seed: string, behaviour: Behaviour): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, valueOf(schema, `${seed} ${name}`, behaviour)]),
  );
}

function valueOf(schema: JsonSchema, seed: string, behaviour: Behaviour): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return objectOf(schema, seed, behaviour);
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    default:
      return randomText(seed, behaviour.textBytes);
  }
}
