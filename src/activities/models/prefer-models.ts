import type * as z from 'zod/mini';
import type { AgentDefinition } from '../../agents/define-agent';
import { failure } from '../../contracts/failures';
import { namedAgents, preferredModels, type ModelPreferences } from '../../contracts/model-preferences';
import type { ModelTable } from '../../contracts/model-table';

/** Agents whose types are not known here. */
export type Agents = Readonly<Record<string, AgentDefinition<z.ZodMiniType, z.ZodMiniType>>>;

/**
 * The agents with the models that the configuration prefers for them in place of their own.
 *
 * @throws `InvalidInput` when an agent or a model does not exist: a model without an entry has no price, and no budget
 *   would hold it
 */
export function preferModels(agents: Agents, preferences: ModelPreferences, models: ModelTable): Agents {
  const unknown = namedAgents(preferences).filter((name) => !Object.hasOwn(agents, name));
  if (unknown.length > 0) throw invalid('agent', unknown, Object.keys(agents));
  const preferred = Object.entries(agents).map(([name, agent]) => {
    const preference = preferredModels(preferences, name);
    return [name, preference === undefined ? agent : { ...agent, models: preference }] as const;
  });
  const asked = new Set([...Object.values(preferences), ...preferred.map(([, agent]) => modelsOf(agent))].flat());
  const missing = [...asked].filter((name) => name !== 'code' && !Object.hasOwn(models, name));
  if (missing.length > 0) throw invalid('model', missing, ['code', ...Object.keys(models)]);
  return Object.fromEntries(preferred);
}

/** Every model that an agent names. */
export function modelsOf({ models = ['code'], cheaperModel }: Agents[string]): readonly string[] {
  return cheaperModel === undefined ? models : [...models, cheaperModel];
}

function invalid(what: 'agent' | 'model', unknown: readonly string[], known: readonly string[]) {
  const remedy = what === 'model' ? ' Enter it into the model table, with its prices, or choose another.' : '';
  return failure(
    'InvalidInput',
    `COUNTERPOINT_MODELS, or an agent, names ${what}s that do not exist: ${unknown.join(', ')}. ` +
      `There are: ${known.join(', ')}.${remedy}`,
    { unknown },
  );
}
