import type { AgentAnswer } from '../../../contracts/activities';
import { issuesOf } from '../../../contracts/issues';
import { holdOutput, parsedInput, retry, type HeldOutput } from '../../hold-output';
import { parsedJson } from '../parsed-json';
import type { ModelCalling, ModelWork } from './model-work';

/** What was written for one part of an agent's work. */
export interface WrittenPart extends Omit<HeldOutput, 'output'> {
  readonly text: string;
  readonly part: number;
  readonly parts: number;
}

/** What a model wrote, as the form's schema makes it, or what is wrong with it. */
export type ReadWritten = { readonly written: unknown } | { readonly fault: string };

/** Reads what a model wrote for a part: its chat has taken the JSON out of the words around it. */
export function readWritten({ form }: Pick<ModelWork, 'form'>, text: string): ReadWritten {
  const read = parsedJson(text);
  if ('fault' in read) {
    return { fault: `The answer is not JSON: ${read.fault}. Answer with JSON of the schema alone.` };
  }
  const parsed = form.writes.safeParse(read.value);
  if (parsed.success) return { written: parsed.data };
  return { fault: `The answer does not fit its schema: ${issuesOf(parsed.error)}` };
}

/**
 * Holds what a model wrote: against its schema, the word of the agent's form, and, when it is the whole work, the
 * agent's own schema and rules. Of one part among several only the word counts, and no output is given.
 */
export async function holdWritten(
  calling: ModelCalling,
  work: ModelWork,
  { text, part, parts, ...held }: WrittenPart,
): Promise<Omit<AgentAnswer, 'usage'>> {
  const { form, formContext } = work;
  const read = readWritten(work, text);
  if ('fault' in read) return { output: null, ...retry('schema', read.fault) };
  const input = parsedInput(calling, held.agent, held.input);
  const fault = await form.faultOf?.({ part, value: read.written }, input, formContext);
  if (fault !== undefined) return { output: null, ...retry('form', fault) };
  if (parts > 1) return { output: null, gate: 'schema', verdict: { verdict: 'accept' } };
  return holdWhole(calling, { ...held, output: await form.join([read.written], input, formContext) });
}

/** Holds an agent's output as any other. One that does not fit its schema is nothing that anyone could use. */
export async function holdWhole(calling: ModelCalling, output: HeldOutput): Promise<Omit<AgentAnswer, 'usage'>> {
  const held = await holdOutput(calling, output);
  return held.gate === 'schema' && held.verdict.verdict !== 'accept' ? { ...held, output: null } : held;
}
