import { failure } from '../../contracts/failures';
import type { ModelCalling } from './conversation/model-work';

/** What a worker has that asks no models: its agents are code alone, and there are no conversations to keep. */
export const noModels: Pick<ModelCalling, 'forms' | 'models' | 'transcripts' | 'chatOf'> = {
  forms: {},
  models: {},
  transcripts: { put: () => Promise.reject(none('any')), get: () => Promise.reject(none('any')) },
  chatOf: (model) => {
    throw none(model);
  },
};

function none(model: string) {
  const message = `This worker asks no models, and so not ${model}. Ask a worker with OPENAI_API_KEY or OPENAI_BASE_URL.`;
  return failure('ModelUnusable', message, { model });
}
