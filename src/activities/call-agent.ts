import type { AgentAnswer, AgentCall } from '../contracts/activities';
import type { Usage } from '../contracts/usage';
import { agentOf, holdOutput, parsedInput, type OutputHolding } from './hold-output';
import type { Model } from './models/model';

/** Everything an agent call needs: the catalogues, and what answers under a model's name. */
export interface AgentCalling extends OutputHolding {
  modelOf(name: string): Model;
}

const freeCall: Usage = { tokens: 0, costMicroUsd: 0, calls: 1 };

/** Calls an agent once with one model, and says what its schema and its rules make of the output. */
export async function callAgent(calling: AgentCalling, call: AgentCall): Promise<AgentAnswer> {
  const { output, usage } = await calling.modelOf(call.model)({
    name: call.agent,
    agent: agentOf(calling, call.agent),
    input: parsedInput(calling, call.agent, call.input),
    feedback: call.feedback,
  });
  return { usage, ...(await holdOutput(calling, { ...call, output })) };
}

/** Says of an output that a person supplied what is said of an agent's. */
export async function checkOutput(
  calling: AgentCalling,
  call: Omit<AgentCall, 'model' | 'feedback'> & { readonly output: unknown },
): Promise<AgentAnswer> {
  return { usage: freeCall, ...(await holdOutput(calling, call)) };
}
