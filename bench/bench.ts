import type { Measurements } from './measure/sample';
import type { ModelServer } from './model/model-server';
import type { Plan } from './plan';
import type { ServerWay } from './servers/temporal-server';
import type { Prepared, RunningSystem, Surroundings, System } from './systems/system';

type Growing<List> = List extends readonly (infer One)[] ? One[] : never;

/** What is being measured by now. */
export interface Bench {
  readonly plan: Plan;
  readonly prepared: ReadonlyMap<System, Prepared>;
  readonly model: ModelServer;
  /** Filled as it goes on. */
  readonly measured: { readonly [Name in keyof Measurements]: Growing<Measurements[Name]> };
}

/** A server with the systems' workers on it. */
export interface Stage {
  readonly way: ServerWay;
  /** The workers that run; one that was killed is replaced. */
  readonly running: Map<System, RunningSystem>;
  /** What a system's worker finds on this server. */
  readonly aroundOf: (system: System) => Surroundings;
}

/** Another one begins in each round, so that none always comes after the same. */
export function inTurn(systems: readonly System[], round: number): readonly System[] {
  const first = round % systems.length;
  return [...systems.slice(first), ...systems.slice(0, first)];
}

/** An error with what caused it: a failed workflow says why in its cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${reasonOf(error.cause)}` : error.message;
}
