import type * as z from 'zod/mini';
import type { AgentDefinition } from '../../agents/define-agent';
import { failure } from '../../contracts/failures';
import type { ArtifactStore } from '../stores/artifact-store';
import type { Model } from './model';

/** What an agent's code gets beside its input. */
export interface CodeContext {
  readonly artifacts: ArtifactStore;
  readonly feedback: readonly string[];
}

/** The code behind one agent: the same contract as a model's, without tokens or cost. */
export type CodeAgent<Agent> =
  Agent extends AgentDefinition<infer In, infer Out>
    ? (input: z.output<In>, context: CodeContext) => Promise<z.input<Out>>
    : never;

/** Answers under the model name `code` with the agents' own code. */
export function codeModel(
  codeAgents: Readonly<Record<string, (input: never, context: CodeContext) => Promise<unknown>>>,
  artifacts: ArtifactStore,
): Model {
  return async ({ name, input, feedback }) => {
    const code = codeAgents[name];
    if (code === undefined) {
      throw failure('UnknownAgent', `The agent ${name} has no code. Give it a model, or code in the catalogue.`);
    }
    const output = await code(input as never, { artifacts, feedback }); // parsed by the schema that types the code
    return { output, usage: { tokens: 0, costMicroUsd: 0, calls: 1 } };
  };
}
