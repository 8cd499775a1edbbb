import type * as z from 'zod/mini';
import type { ToolRequest } from '../../../contracts/conversation';
import { issuesOf } from '../../../contracts/issues';
import type { AnyAgent } from '../../hold-output';
import type { ChatTool, ChatToolRequest } from '../chat';
import { jsonSchemaOf } from '../json-schema';
import { parsedJson } from '../parsed-json';

/** What of a tool an agent's model must know. */
export interface OfferedTool {
  readonly description: string;
  readonly input: z.ZodMiniType;
}

/** Requests of one turn that are dispatched; those beyond are refused. */
const requestsMax = 16;
/** Characters of arguments that are no JSON that are told of. */
const shownMax = 200;

type Tools = Readonly<Record<string, OfferedTool>>;

/** The tools of an agent, as its model is offered them. One that this worker lacks is not offered. */
export function offeredTools(tools: Tools, { tools: names = [] }: AnyAgent): ChatTool[] {
  return names.flatMap((name) => {
    const tool = tools[name];
    return tool === undefined ? [] : [{ name, description: tool.description, parameters: jsonSchemaOf(tool.input) }];
  });
}

/** What a model asked in one turn. */
export function toolRequests(
  tools: Tools,
  agent: AnyAgent,
  requests: readonly ChatToolRequest[],
): readonly ToolRequest[] {
  return requests.map((request, index) => {
    if (index < requestsMax) return toolRequest(tools, agent, request);
    const { call, tool } = request;
    return { call, tool, arguments: index, refusal: `At most ${requestsMax} requests at once. Ask again.` };
  });
}

/** A model's request, held against the agent's tools and the tool's schema before anything is dispatched. */
function toolRequest(tools: Tools, agent: AnyAgent, request: ChatToolRequest): ToolRequest {
  const { call, tool: name } = request;
  const tool = agent.tools?.includes(name) === true ? tools[name] : undefined;
  // Models leave the arguments empty for a tool that takes none.
  const read = parsedJson(request.arguments.trim() === '' ? '{}' : request.arguments);
  const given = 'value' in read ? read.value : request.arguments.slice(0, shownMax);
  const refused = (refusal: string): ToolRequest => ({ call, tool: name, arguments: given, refusal });
  if (tool === undefined) {
    return refused(`There is no tool ${name} for you. There are: ${agent.tools?.join(', ') ?? 'none'}.`);
  }
  if ('fault' in read) return refused(`The arguments for ${name} are not JSON: ${read.fault}. Ask again with JSON.`);
  const fits = tool.input.safeParse(read.value);
  if (!fits.success) return refused(`The arguments do not fit ${name}: ${issuesOf(fits.error)}`);
  return { call, tool: name, arguments: read.value };
}
