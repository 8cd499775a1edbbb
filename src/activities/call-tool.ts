import type { ToolCall, ToolLookup, ToolUndo, TranscribedAnswer } from '../contracts/activities';
import { failure } from '../contracts/failures';
import { issuesOf } from '../contracts/issues';
import type { Services } from './services';
import type { TranscriptStore } from './stores/transcript-store';
import type { ToolDefinition } from './tools/define-tool';

export interface ToolCalling {
  readonly tools: Readonly<Record<string, ToolDefinition>>;
  readonly services: Services;
}

/** Calls a tool with what its schema makes of the input. */
export async function callTool(
  calling: ToolCalling,
  { tool: name, input, idempotencyKey }: ToolCall,
): Promise<unknown> {
  const tool = toolOf(calling, name);
  const { services } = calling;
  const answer = await tool.execute(parsedInput(tool, { name, input }), { services, idempotencyKey });
  const output = tool.output.safeParse(answer);
  if (output.success) return output.data;
  throw failure('InvalidOutput', `The answer of ${name} does not fit its schema: ${issuesOf(output.error)}`);
}

/** Calls a tool for an agent's model: the answer is kept with the transcripts, and only where it lies comes back. */
export async function callToolForModel(
  calling: ToolCalling & { readonly transcripts: TranscriptStore },
  call: ToolCall,
): Promise<TranscribedAnswer> {
  const text = JSON.stringify((await callTool(calling, call)) ?? null);
  const message = await calling.transcripts.put({ kind: 'toolAnswer', tool: call.tool, text });
  return { message, bytes: Buffer.byteLength(text) };
}

/**
 * Says what stands under a key.
 *
 * @throws `UnknownTool` also when the tool cannot be asked
 */
export async function lookUpTool(
  calling: ToolCalling,
  { tool: name, idempotencyKey }: Omit<ToolCall, 'input'>,
): Promise<ToolLookup> {
  const tool = toolOf(calling, name);
  if (!('lookup' in tool)) {
    throw failure('UnknownTool', `${name} cannot say what stands under a key. Give it a lookup.`);
  }
  const answer: unknown = await tool.lookup({ services: calling.services, idempotencyKey });
  return answer === undefined ? { found: false } : { found: true, answer };
}

/**
 * Takes an effect back. One of unknown outcome is looked up first, to say whether it was done; it is compensated in any
 * case, so that a late attempt finds its key used.
 *
 * @throws `UnknownTool` also when the tool cannot be undone
 */
export async function undoTool(
  calling: ToolCalling,
  { tool: name, input, idempotencyKey, outcome }: ToolUndo,
): Promise<{ readonly wasDone: boolean }> {
  const tool = toolOf(calling, name);
  if (tool.effect !== 'compensatable') {
    throw failure('UnknownTool', `What ${name} did cannot be undone: its effect is ${tool.effect}.`);
  }
  const context = { services: calling.services, idempotencyKey };
  const wasDone = outcome === 'done' || (await tool.lookup(context)) !== undefined;
  await tool.compensate(parsedInput(tool, { name, input }), context);
  return { wasDone };
}

/**
 * Holds what a person says a tool answered against its schema.
 *
 * @throws `InvalidInput`
 */
export function checkAnswer(
  calling: ToolCalling,
  { tool: name, answer }: { readonly tool: string; readonly answer: unknown },
): unknown {
  const parsed = toolOf(calling, name).output.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw failure('InvalidInput', `The answer given for ${name} does not fit its schema: ${issuesOf(parsed.error)}`);
}

function toolOf({ tools }: ToolCalling, name: string): ToolDefinition {
  const tool = tools[name];
  if (tool === undefined) throw failure('UnknownTool', `This worker has no tool ${name}. Deploy one that has it.`);
  return tool;
}

function parsedInput(tool: ToolDefinition, { name, input }: { readonly name: string; readonly input: unknown }) {
  const parsed = tool.input.safeParse(input);
  if (parsed.success) return parsed.data;
  throw failure('InvalidInput', `The input does not fit ${name}: ${issuesOf(parsed.error)}`);
}
