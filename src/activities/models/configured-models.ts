import { failure } from '../../contracts/failures';
import type { ModelPreferences } from '../../contracts/model-preferences';
import type { ModelTable } from '../../contracts/model-table';
import { modelChats, type ChatOf, type ModelServer } from './model-chats';
import { noModels } from './no-models';
import { modelsOf, preferModels, type Agents } from './prefer-models';
import { readModelTable } from './read-model-table';

/** What the environment says of models. */
export interface ModelConfiguration {
  readonly modelTableFile: string;
  readonly modelPreferences: ModelPreferences;
  /** Nothing: no model can be asked. */
  readonly modelServer: { readonly baseUrl: string; readonly apiKey: () => string | undefined } | undefined;
}

/** Agents with the models that they use, and the table that has all of these. */
export interface ConfiguredAgents {
  readonly agents: Agents;
  readonly models: ModelTable;
}

/**
 * The agents with the models that are preferred for them.
 *
 * @throws `InvalidInput` when the table cannot be used, or an agent or a model does not exist
 */
export async function configuredAgents(
  agents: Agents,
  { modelTableFile, modelPreferences }: Pick<ModelConfiguration, 'modelTableFile' | 'modelPreferences'>,
): Promise<ConfiguredAgents> {
  const models = await readModelTable(modelTableFile);
  return { agents: preferModels(agents, modelPreferences, models), models };
}

/**
 * The way to the models that agents use. Nothing is asked of the server yet.
 *
 * @throws `InvalidInput` when agents name models and there is no server to ask, or its address or key cannot be one
 */
export function configuredChats(
  { agents, models }: ConfiguredAgents,
  { modelServer }: Pick<ModelConfiguration, 'modelServer'>,
  debug?: ModelServer['debug'],
): ChatOf {
  if (modelServer !== undefined) {
    const { baseUrl, apiKey } = modelServer;
    return modelChats(models, { baseUrl, apiKey: apiKey(), ...(debug === undefined ? {} : { debug }) });
  }
  const named = new Set(Object.values(agents).flatMap(modelsOf));
  named.delete('code');
  if (named.size === 0) return noModels.chatOf;
  throw failure(
    'InvalidInput',
    `Agents name the models ${[...named].join(', ')}, and there is no server to ask. ` +
      'Set OPENAI_API_KEY, or OPENAI_BASE_URL for any server that speaks the same.',
  );
}
