import type * as z from 'zod/mini';
import type { Rules } from '../activities/rules';
import type { Tools } from '../activities/tools';
import { agentLimitsDefault, type AgentCard, type AgentLimits } from '../contracts/manifest';

/** An agent as its author writes it: an asset with an owner, a version and an objective. */
export interface AgentDefinition<In extends z.ZodMiniType, Out extends z.ZodMiniType> {
  readonly version: string;
  readonly owner: string;
  /** What it is for, in one sentence; a reviewer judges by it. */
  readonly objective: string;
  /** How it is to do it: the prompt of a model, the specification of code. */
  readonly instructions: string;
  readonly input: In;
  readonly output: Out;
  /** Whether its output is a Verdict on another agent's output. Default: no. */
  readonly isReviewer?: boolean;
  /** In order of preference; `code` is the agent's own code. Default: only that. */
  readonly models?: readonly [string, ...string[]];
  /** The agent that takes over when no model of this one passes. Default: none. */
  readonly fallback?: string;
  /** The role that is asked when nothing else helps. Default: the owner. */
  readonly escalateTo?: string;
  /** Attempts with one model. Default: 2. */
  readonly attemptsMax?: number;
  /**
   * Whether its code answers at once and asks nothing of the outside: then the worker that has the run calls it in place,
   * as a local activity. Models are never called so. Default: no.
   */
  readonly isQuick?: boolean;
  /** The longest that one call may take. Default: one minute. */
  readonly timeoutMs?: number;
  /** Rules that every output of this agent must pass, in whatever process, before those a process names. Default: none. */
  readonly rules?: readonly string[];
  /** The tools that its models may ask for. Default: none. */
  readonly tools?: readonly string[];
  /** The model to use instead when a budget is nearly spent. Default: none. */
  readonly cheaperModel?: string;
  /** What one step may take. Default: 12 turns, and 4,096 tokens an answer. */
  readonly limits?: Partial<AgentLimits>;
}

/** Rules that take an output of this type. */
type RuleOf<Output> = {
  [Name in keyof Rules]: Output extends Parameters<Rules[Name]>[0] ? Name : never;
}[keyof Rules];

const attemptsMaxDefault = 2;
const timeoutMsDefault = 60_000;

/** Defines an agent; its name is its key in the catalogue. */
export function defineAgent<const In extends z.ZodMiniType, const Out extends z.ZodMiniType>(
  definition: AgentDefinition<In, Out> & {
    readonly rules?: readonly RuleOf<z.output<Out>>[];
    readonly tools?: readonly (keyof Tools)[];
  },
): AgentDefinition<In, Out> {
  return definition;
}

/** What a manifest records of an agent. */
export function agentCard(name: string, agent: AgentDefinition<z.ZodMiniType, z.ZodMiniType>): AgentCard {
  return {
    name,
    version: agent.version,
    owner: agent.owner,
    objective: agent.objective,
    isReviewer: agent.isReviewer ?? false,
    models: agent.models ?? ['code'],
    escalateTo: agent.escalateTo ?? agent.owner,
    attemptsMax: agent.attemptsMax ?? attemptsMaxDefault,
    timeoutMs: agent.timeoutMs ?? timeoutMsDefault,
    ...(agent.fallback === undefined ? {} : { fallback: agent.fallback }),
    ...(agent.tools === undefined ? {} : { tools: agent.tools }),
    ...(agent.cheaperModel === undefined ? {} : { cheaperModel: agent.cheaperModel }),
    ...(agent.isQuick === true ? { isQuick: true } : {}),
    limits: { ...agentLimitsDefault, ...agent.limits },
  };
}
