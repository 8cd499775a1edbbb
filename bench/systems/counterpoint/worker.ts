import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createActivities } from '../../../src/activities';
import { modelChats } from '../../../src/activities/models/model-chats';
import type { Services } from '../../../src/activities/services';
import { fileArtifactStore } from '../../../src/activities/stores/artifact-store';
import { offloadingDataConverter } from '../../../src/activities/stores/payload-store';
import { fileTranscriptStore } from '../../../src/activities/stores/transcript-store';
import { registerSearchAttributes } from '../../../src/client/register-search-attributes';
import { broadcastHub } from '../../../src/client/watch/broadcast-hub';
import { modelCards } from '../../../src/contracts/model-table';
import { serveWorker } from '../serve-worker';
import { agents, models, rules, tools } from './catalogue';

/** As the project's own worker has them, see `src/config.ts` and `src/worker.ts`. */
const policies = { sameQuestionMax: 50, reworkRoundsMax: 25 };
const stickyMs = 3_000;

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
  return {
    activities: createActivities({
      ...{ agents, tools, rules, artifacts, policies },
      forms: {},
      models: modelCards(models),
      transcripts: fileTranscriptStore(join(folder, 'transcripts')),
      chatOf: modelChats(models, { baseUrl: modelUrl }),
      broadcast: broadcastHub(),
      services: noServices,
      modelOf: (name) => {
        throw new Error(`The benchmark has no agent of code, and ${name} was asked.`);
      },
    }),
    dataConverter: offloadingDataConverter(artifacts),
    stickyQueueScheduleToStartTimeout: stickyMs,
    begin: (connection) => registerSearchAttributes(connection, 'default'),
  };
});
