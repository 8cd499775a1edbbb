import type * as z from 'zod/mini';
import type { AgentDefinition } from '../agents/define-agent';
import type { AgentAnswer, AgentCall } from '../contracts/activities';
import { failure } from '../contracts/failures';
import type { Usage } from '../contracts/usage';
import type { Verdict } from '../contracts/verdict';
import { issuesOf } from '../contracts/issues';
import type { Model } from './models/model';
import type { TypedRule } from '../contracts/rule';
import type { ArtifactStore } from './stores/artifact-store';

/** Everything an agent call needs: the catalogues, and what answers under a model's name. */
export interface AgentCalling {
  readonly agents: Readonly<Record<string, AgentDefinition<z.ZodMiniType, z.ZodMiniType>>>;
  readonly rules: Readonly<Record<string, TypedRule>>;
  readonly artifacts: ArtifactStore;
  modelOf(name: string): Model;
}

const freeCall: Usage = { tokens: 0, costMicroUsd: 0, calls: 1 };

/** Calls an agent once with one model, and says what its schema and its rules make of the output. */
export async function callAgent(calling: AgentCalling, call: AgentCall): Promise<AgentAnswer> {
  const agent = agentOf(calling, call.agent);
  const input = agent.input.safeParse(call.input);
  if (!input.success) throw invalid(`The input does not fit ${call.agent}: ${issuesOf(input.error)}`);
  const { output, usage } = await calling.modelOf(call.model)({
    name: call.agent,
    agent,
    input: input.data,
    feedback: call.feedback,
  });
  return { usage, ...(await hold(calling, call, output)) };
}

/** Says of an output that a person supplied what is said of an agent's. */
export async function checkOutput(
  calling: AgentCalling,
  call: Omit<AgentCall, 'model' | 'feedback'> & { readonly output: unknown },
): Promise<AgentAnswer> {
  return { usage: freeCall, ...(await hold(calling, call, call.output)) };
}

/** The schema first, then the agent's own rules, then the process's: the first word that is not `accept` counts. */
async function hold(
  calling: AgentCalling,
  call: Pick<AgentCall, 'agent' | 'input' | 'rules'>,
  output: unknown,
): Promise<Omit<AgentAnswer, 'usage'>> {
  const agent = agentOf(calling, call.agent);
  const parsed = agent.output.safeParse(output);
  if (!parsed.success) {
    const feedback = `The output does not fit its schema: ${issuesOf(parsed.error)}`;
    return { output, gate: 'schema', verdict: { verdict: 'retry', feedback } };
  }
  for (const name of new Set([...(agent.rules ?? []), ...call.rules])) {
    const verdict = await ruleOf(calling, name)(parsed.data as never, contextOf(calling, call)); // typed where the process names it
    if (verdict.verdict !== 'accept') return { output: parsed.data, gate: name, verdict };
  }
  return { output: parsed.data, gate: 'schema', verdict: { verdict: 'accept' } };
}

function contextOf({ artifacts }: AgentCalling, { input }: Pick<AgentCall, 'input'>): never {
  return { input, artifacts } as never; // each rule states the input it needs, and the process's types hold it
}

function ruleOf({ rules }: AgentCalling, name: string): (output: never, context: never) => Promise<Verdict> {
  const rule = rules[name];
  if (rule === undefined) throw failure('UnknownAgent', `This worker has no rule ${name}. Deploy one that has it.`);
  return rule;
}

function agentOf({ agents }: AgentCalling, name: string): AgentDefinition<z.ZodMiniType, z.ZodMiniType> {
  const agent = agents[name];
  if (agent === undefined) throw failure('UnknownAgent', `This worker has no agent ${name}. Deploy one that has it.`);
  return agent;
}

function invalid(message: string) {
  return failure('InvalidInput', message);
}
