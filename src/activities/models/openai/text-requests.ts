import * as z from 'zod/mini';
import type { WireRequest } from './completion';
import type { FoundJson } from './find-json';

const Value = z.union([z.record(z.string(), z.unknown()), z.string()]);
const InWords = z.object({ tool: z.string(), arguments: z.optional(Value) });
const ByName = z.object({ name: z.string(), arguments: Value });
const ByParameters = z.object({ name: z.string(), parameters: Value });
const ByFunction = z.object({ function: z.union([ByName, ByParameters]) });
const Several = z.union([z.object({ tool_calls: z.array(z.unknown()) }), z.array(z.unknown()).check(z.minLength(1))]);

/**
 * The requests for tools that a model wrote as text: as it was told to, or as its own template has it. A tool that was
 * not offered, among them, makes all of it text: to leave out one of several would be to answer for the model.
 */
export function textRequests(found: readonly FoundJson[], offered: ReadonlySet<string>): readonly WireRequest[] {
  const requests = found.flatMap(({ value }) => requestsIn(value));
  return requests.every(({ name }) => offered.has(name)) ? requests : [];
}

function requestsIn(value: unknown, depth = 0): readonly WireRequest[] {
  const several = Several.safeParse(value);
  if (several.success) {
    if (depth > 1) return [];
    const items = 'tool_calls' in several.data ? several.data.tool_calls : several.data;
    const requests = items.map((item) => requestsIn(item, depth + 1));
    return requests.every((each) => each.length > 0) ? requests.flat() : [];
  }
  const request = z.union([InWords, ByFunction, ByName, ByParameters]).safeParse(value);
  return request.success ? [requestOf(request.data)] : [];
}

type Written = z.infer<typeof InWords | typeof ByFunction | typeof ByName | typeof ByParameters>;

function requestOf(written: Written): WireRequest {
  if ('tool' in written) return wired(written.tool, written.arguments ?? {});
  if ('function' in written) return requestOf(written.function);
  return wired(written.name, 'arguments' in written ? written.arguments : written.parameters);
}

function wired(name: string, value: z.infer<typeof Value>): WireRequest {
  return { id: '', name, arguments: typeof value === 'string' ? value : JSON.stringify(value) };
}
