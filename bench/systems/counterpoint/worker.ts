import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createActivities } from '../../../src/activities';
import { codeModel } from '../../../src/activities/models/code-model';
import type { Services } from '../../../src/activities/services';
import { fileArtifactStore } from '../../../src/activities/stores/artifact-store';
import { offloadingDataConverter } from '../../../src/activities/stores/payload-store';
import { registerSearchAttributes } from '../../../src/client/register-search-attributes';
import { askModel } from '../../model/ask-model';
import { serveWorker } from '../serve-worker';
import { agents, tools } from './catalogue';

/** As the project's own worker has them, see `src/config.ts`. */
const policies = { sameQuestionMax: 50, reworkRoundsMax: 25 };

/** The tools of the works use no service; one that did would be told so. */
const noServices = new Proxy({} as Services, {
  get: (_target, name) => {
    throw new Error(`The benchmark has no service ${String(name)}.`);
  },
});

void serveWorker(async (folder, modelUrl) => {
  const artifactFolder = join(folder, 'artifacts');
  await mkdir(artifactFolder, { recursive: true });
  const artifacts = fileArtifactStore(artifactFolder);
  const speaker = async ({ text }: { readonly text: string }) => {
    const { instructions } = agents.speaker;
    const messages = [
      { role: 'system', content: instructions },
      { role: 'user', content: text },
    ];
    return { text: (await askModel(modelUrl, { model: 'bench', messages })).content ?? '' };
  };
  const code = codeModel({ speaker }, artifacts);
  return {
    activities: createActivities({
      ...{ agents, tools, artifacts, policies },
      rules: {},
      services: noServices,
      modelOf: () => code,
    }),
    dataConverter: offloadingDataConverter(artifacts),
    begin: (connection) => registerSearchAttributes(connection, 'default'),
  };
});
