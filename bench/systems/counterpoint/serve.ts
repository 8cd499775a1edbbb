import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createActivities, type ActivityOptions } from '../../../src/activities';
import { codeModel } from '../../../src/activities/models/code-model';
import { modelChats } from '../../../src/activities/models/model-chats';
import type { Services } from '../../../src/activities/services';
import { fileArtifactStore } from '../../../src/activities/stores/artifact-store';
import { offloadingDataConverter } from '../../../src/activities/stores/payload-store';
import { recentTranscripts } from '../../../src/activities/stores/recent-transcripts';
import { fileTranscriptStore } from '../../../src/activities/stores/transcript-store';
import { registerSearchAttributes } from '../../../src/client/register-search-attributes';
import { broadcastHub } from '../../../src/client/watch/broadcast-hub';
import { modelCards, type ModelTable } from '../../../src/contracts/model-table';
import { workerDeployment } from '../../../src/contracts/worker-deployment';
import { serveWorker } from '../serve-worker';

/** As the project's own worker has them, see `src/config.ts` and `src/worker.ts`. */
const policies = { sameQuestionMax: 50, reworkRoundsMax: 25 };
const stickyMs = 3_000;

/** The tools of the works use no service; one that did would be told so. */
const noServices = new Proxy({} as Services, {
  get: (_target, name) => {
    throw new Error(`The benchmark has no service ${String(name)}.`);
  },
});

/** The catalogue of a system, and the models and the code behind its agents. */
export interface Served extends Pick<ActivityOptions, 'agents' | 'tools' | 'rules'> {
  readonly models: ModelTable;
  readonly codeAgents: Parameters<typeof codeModel>[0];
}

/** Runs the worker of a system: as the project's own, on the catalogue of the benchmark. */
export function serve({ agents, tools, rules, models, codeAgents }: Served): Promise<void> {
  return serveWorker(async (folder, modelUrl) => {
    const artifactFolder = join(folder, 'artifacts');
    await mkdir(artifactFolder, { recursive: true });
    const artifacts = fileArtifactStore(artifactFolder);
    const code = codeModel(codeAgents, artifacts);
    return {
      activities: createActivities({
        ...{ agents, tools, rules, artifacts, policies },
        forms: {},
        models: modelCards(models),
        transcripts: recentTranscripts(fileTranscriptStore(join(folder, 'transcripts'))),
        chatOf: modelChats(models, { baseUrl: modelUrl }),
        broadcast: broadcastHub(),
        services: noServices,
        modelOf: () => code,
      }),
      dataConverter: offloadingDataConverter(artifacts),
      stickyQueueScheduleToStartTimeout: stickyMs,
      workerDeploymentOptions: workerDeployment,
      begin: (connection) => registerSearchAttributes(connection, 'default'),
    };
  });
}
