import type { ToolCall } from '../contracts/activities';
import { failure } from '../contracts/failures';
import { issuesOf } from '../contracts/issues';
import type { Services } from './services';
import type { ToolDefinition } from './tools/define-tool';

export interface ToolCalling {
  readonly tools: Readonly<Record<string, ToolDefinition>>;
  readonly services: Services;
}

/** Calls a tool with what its schema makes of the input. */
export async function callTool({ tools, services }: ToolCalling, call: ToolCall): Promise<unknown> {
  const tool = tools[call.tool];
  if (tool === undefined) throw failure('UnknownTool', `This worker has no tool ${call.tool}. Deploy one that has it.`);
  const input = tool.input.safeParse(call.input);
  if (!input.success) {
    throw failure('InvalidInput', `The input does not fit ${call.tool}: ${issuesOf(input.error)}`);
  }
  const answer = await tool.execute(input.data, { services, idempotencyKey: call.idempotencyKey });
  const output = tool.output.safeParse(answer);
  if (output.success) return output.data;
  throw failure('InvalidOutput', `The answer of ${call.tool} does not fit its schema: ${issuesOf(output.error)}`);
}
