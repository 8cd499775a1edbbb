import type { ServerError } from './server-error';

/** How a model's server is asked; what it turns out to lack is taken away. */
export interface Capabilities {
  /** `schema`: holds answers to a JSON schema. `json`: to JSON. `none`: is asked for it in words. */
  readonly structuredOutputs: 'schema' | 'json' | 'none';
  /** Whether tools are offered by the wire format, or in words. */
  readonly toolCalling: boolean;
  readonly streaming: boolean;
  /** Whether a stream ends with the token counts when asked to. */
  readonly streamedUsage: boolean;
  /** The name that the limit of output tokens goes by. */
  readonly limitName: 'max_tokens' | 'max_completion_tokens';
}

/** What a server was found to lack, and how it is asked instead. */
export interface Lack {
  readonly capability: keyof Capabilities;
  readonly instead: Partial<Capabilities>;
  /** Whether it lacks it for every request, or only for what this one asked of it. */
  readonly isLasting: boolean;
}

const statuses: ReadonlySet<number | undefined> = new Set([400, 404, 422, 500, 501]);
const unsupportedWords =
  /support|require|enable|unknown|unrecogni[sz]ed|unexpected|not (allowed|permitted|available|implemented)|extra|must be|cannot use|invalid parameter/i;

/** Reads a server's refusal as a complaint of something that was asked of it, if it is one. */
export function lackIn(said: ServerError, asked: Capabilities): Lack | undefined {
  if (!statuses.has(said.status)) return undefined;
  switch (subjectOf(said)) {
    case 'stream_options':
      return asked.streaming && asked.streamedUsage ? lasting('streamedUsage', { streamedUsage: false }) : undefined;
    case 'max_tokens':
      return asked.limitName === 'max_tokens'
        ? lasting('limitName', { limitName: 'max_completion_tokens' })
        : undefined;
    case 'max_completion_tokens':
      return asked.limitName === 'max_completion_tokens'
        ? lasting('limitName', { limitName: 'max_tokens' })
        : undefined;
    case 'response_format':
      return formatLack(said, asked);
    case 'tools':
      return asked.toolCalling ? lasting('toolCalling', { toolCalling: false }) : undefined;
    case 'stream':
      return asked.streaming ? lasting('streaming', { streaming: false }) : undefined;
    case undefined:
      return undefined;
  }
}

type Subject = 'stream_options' | 'max_tokens' | 'max_completion_tokens' | 'response_format' | 'tools' | 'stream';

/** In order: the first that is found is meant. */
const subjects: readonly (readonly [Subject, RegExp])[] = [
  ['stream_options', /stream_options|include_usage/i],
  ['response_format', /response_format|json_schema|json schema|structured output|grammar/i],
  ['tools', /\btools?\b|tool[_ -](choice|use|call)|function[_ -]call/i],
  ['stream', /\bstream(ing)?\b/i],
];

function subjectOf({ param, code, message }: ServerError): Subject | undefined {
  if (param === 'max_tokens' || param === 'max_completion_tokens') {
    return code === 'unsupported_parameter' || /not supported|unsupported/i.test(message) ? param : undefined;
  }
  // A place inside the tools or the messages is a mistake in them, which the server understands well enough to see.
  if (param !== undefined && /[[.]\d/.test(param)) return undefined;
  const byParam = subjects.find(([subject]) => param === subject || param?.startsWith(`${subject}.`) === true)?.[0];
  if (byParam !== undefined) return byParam;
  if (param === 'tool_choice' || param === 'parallel_tool_calls' || param === 'functions') return 'tools';
  if ((param !== undefined && param !== 'body') || !unsupportedWords.test(message)) return undefined;
  if (/role|tool_call_id|messages with/i.test(message)) return undefined;
  return subjects.find(([, words]) => words.test(message))?.[0];
}

/** A server that names what it takes instead of a schema is taken at its word; a schema that it dislikes is one schema. */
function formatLack({ message }: ServerError, asked: Capabilities): Lack | undefined {
  if (asked.structuredOutputs === 'none') return undefined;
  const isLasting = !/invalid schema/i.test(message);
  const structuredOutputs = asked.structuredOutputs === 'schema' && /json_object/i.test(message) ? 'json' : 'none';
  return { capability: 'structuredOutputs', instead: { structuredOutputs }, isLasting };
}

function lasting(capability: keyof Capabilities, instead: Partial<Capabilities>): Lack {
  return { capability, instead, isLasting: true };
}
