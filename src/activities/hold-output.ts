import type * as z from 'zod/mini';
import type { AgentDefinition } from '../agents/define-agent';
import type { AgentAnswer } from '../contracts/activities';
import { failure } from '../contracts/failures';
import { issuesOf } from '../contracts/issues';
import type { TypedRule } from '../contracts/rule';
import type { Verdict } from '../contracts/verdict';
import type { ArtifactStore } from './stores/artifact-store';

/** An agent whose types are not known here. */
export type AnyAgent = AgentDefinition<z.ZodMiniType, z.ZodMiniType>;

/** What outputs are held against. */
export interface OutputHolding {
  readonly agents: Readonly<Record<string, AnyAgent>>;
  readonly rules: Readonly<Record<string, TypedRule>>;
  readonly artifacts: ArtifactStore;
}

/** An output, whose it is, what it was made of, and the rules that the process names for it. */
export interface HeldOutput {
  readonly agent: string;
  readonly input: unknown;
  readonly rules: readonly string[];
  readonly output: unknown;
}

/** The most that a feedback may have. */
const feedbackCharactersMax = 4_000;

/** The schema first, then the agent's own rules, then the process's: the first word that is not `accept` counts. */
export async function holdOutput(
  holding: OutputHolding,
  { agent: name, input, rules, output }: HeldOutput,
): Promise<Omit<AgentAnswer, 'usage'>> {
  const agent = agentOf(holding, name);
  const parsed = agent.output.safeParse(output);
  if (!parsed.success) {
    return { output, ...retry('schema', `The output does not fit its schema: ${issuesOf(parsed.error)}`) };
  }
  const context = { input, artifacts: holding.artifacts } as never; // each rule states the input it needs, and the process's types hold it
  for (const rule of new Set([...(agent.rules ?? []), ...rules])) {
    const verdict = await ruleOf(holding, rule)(parsed.data as never, context); // typed where the process names it
    if (verdict.verdict !== 'accept') return { output: parsed.data, gate: rule, verdict };
  }
  return { output: parsed.data, gate: 'schema', verdict: { verdict: 'accept' } };
}

/** A gate's word that sends an output back. */
export function retry(gate: string, feedback: string): Pick<AgentAnswer, 'gate' | 'verdict'> {
  return { gate, verdict: { verdict: 'retry', feedback: feedback.slice(0, feedbackCharactersMax) } };
}

/**
 * Holds an agent's input against its schema.
 *
 * @throws `InvalidInput`, `UnknownAgent`
 */
export function parsedInput(holding: Pick<OutputHolding, 'agents'>, name: string, input: unknown): unknown {
  const parsed = agentOf(holding, name).input.safeParse(input);
  if (parsed.success) return parsed.data;
  throw failure('InvalidInput', `The input does not fit ${name}: ${issuesOf(parsed.error)}`);
}

/** @throws `UnknownAgent` */
export function agentOf({ agents }: Pick<OutputHolding, 'agents'>, name: string): AnyAgent {
  const agent = agents[name];
  if (agent === undefined) throw failure('UnknownAgent', `This worker has no agent ${name}. Deploy one that has it.`);
  return agent;
}

function ruleOf({ rules }: OutputHolding, name: string): (output: never, context: never) => Promise<Verdict> {
  const rule = rules[name];
  if (rule === undefined) throw failure('UnknownAgent', `This worker has no rule ${name}. Deploy one that has it.`);
  return rule;
}
