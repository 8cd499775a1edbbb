#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agents } from './agents';
import { agentCard } from './agents/define-agent';
import { fileArtifactStore } from './activities/stores/artifact-store';
import { configuredAgents, configuredChats } from './activities/models/configured-models';
import { databaseTranscriptStore } from './activities/stores/database-transcript-store';
import { shopData } from './activities/shop/shop-data';
import { openEmbeddedDatabase } from './activities/stores/embedded-database';
import { offloadingDataConverter } from './activities/stores/payload-store';
import { openServerDatabase } from './activities/stores/server-database';
import { fileTranscriptStore } from './activities/stores/transcript-store';
import { tools } from './activities/tools';
import { toolCard } from './activities/tools/define-tool';
import { runCommandLine } from './client/command-line';
import { exitCodes } from './client/exit-codes';
import type { Project } from './client/session';
import { startOutside } from './outside/start-outside';
import { copySystems } from './rehearsal/copy-systems';
import * as processes from './workflows';

// What this process and those that it starts write is for its user only: contracts are confidential.
process.umask(0o077);

const root = join(__dirname, '..');
const sampleShopFile = join(root, 'data', 'shop', 'shop.json');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

/** The composition root of the command line: it gives the client what it may not import. */
const project: Project = {
  version,
  processes: Object.values(processes).map(({ description }) => description),
  tools: Object.entries(tools).map(([name, tool]) => toolCard(name, tool)),
  workerFile: join(__dirname, 'worker.js'),
  outsideFile: join(__dirname, 'outside.js'),
  workflowBundleFile: join(__dirname, 'workflow-bundle.js'),
  demoDocument: join(root, 'data', 'contracts', 'reseller-agreement.txt'),
  sampleShopFile,
  rehearsalWorker: { file: join(__dirname, 'rehearsal.js') },
  samples: {
    contractReview: join(root, 'data', 'contracts', 'reseller-agreement.txt'),
    customerOperations: join(root, 'data', 'shop', 'cases', 'decided-three-writes.json'),
  },
  copySystems: (source) => copySystems(source, startOutside),
  async agentsOf(config) {
    const configured = await configuredAgents(agents, config);
    return Object.entries(configured.agents).map(([name, agent]) => agentCard(name, agent));
  },
  async assertModels(config) {
    configuredChats(await configuredAgents(agents, config), config);
  },
  openStores(artifactFolder) {
    const artifacts = fileArtifactStore(artifactFolder);
    return {
      dataConverter: offloadingDataConverter(artifacts),
      putDocument: (content, name) => artifacts.put(content, { mediaType: 'application/octet-stream', name }),
    };
  },
  async openShop(place) {
    const database = 'url' in place ? await openServerDatabase(place.url) : await openEmbeddedDatabase(place.folder);
    const data = shopData(database, sampleShopFile);
    if ('folder' in place) await data.begin();
    return { ...data, close: database.close };
  },
  async openTranscripts(place) {
    if ('folder' in place) {
      const transcripts = fileTranscriptStore(place.folder);
      return { read: (hash) => transcripts.get(hash), close: () => Promise.resolve() };
    }
    const database = await openServerDatabase(place.url);
    const transcripts = databaseTranscriptStore(database);
    return { read: (hash) => transcripts.get(hash), close: () => database.close() };
  },
};

void runCommandLine(project, process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
  if (exitCode === exitCodes.done) return;
  // After a failure or an interruption something may still wait for an answer, which would keep this process; it ends
  // as soon as all that was said is written.
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
});
