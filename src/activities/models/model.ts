import type * as z from 'zod/mini';
import type { AgentDefinition } from '../../agents/define-agent';
import type { Usage } from '../../contracts/usage';

/** One call of an agent, as whatever stands behind a model's name gets it. The input is parsed. */
export interface ModelRequest {
  readonly name: string;
  readonly agent: AgentDefinition<z.ZodMiniType, z.ZodMiniType>;
  readonly input: unknown;
  /** What earlier attempts were told, oldest first. */
  readonly feedback: readonly string[];
}

/** Answers a request. The output is not parsed yet: whoever calls holds it against the agent's schema. */
export type Model = (request: ModelRequest) => Promise<{ readonly output: unknown; readonly usage: Usage }>;
