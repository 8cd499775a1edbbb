import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultLogger, Worker } from '@temporalio/worker';
import { bundleWorkflows } from '../../src/build/bundle';
import { createActivities } from '../../src/activities';
import { codeModel } from '../../src/activities/models/code-model';
import { modelChats } from '../../src/activities/models/model-chats';
import { fileArtifactStore } from '../../src/activities/stores/artifact-store';
import { fileTranscriptStore } from '../../src/activities/stores/transcript-store';
import type { History } from '@temporalio/common/lib/proto-utils';
import { modelCards, ModelTable } from '../../src/contracts/model-table';
import type { RunResult } from '../../src/contracts/outcome';
import { agents, rules, tools } from './catalogue';
import { noServices, startEngine, type Engine } from './engine-world';
import { essay } from './model-processes';
import { startModelServer, type ModelScript, type ModelServer } from './model-server';

export type Reply = ModelScript['rules'][number]['replies'][number];
export type Replies = readonly [Reply, ...Reply[]];

const capabilities = { structuredOutputs: 'schema', toolCalling: true };
const entry = {
  ...{ contextTokens: 16_384, outputTokensMax: 4_096, capabilities, timeoutMs: 1_000 },
  prices: { input: '0.25', cachedInput: '0.025', output: '2' },
};
const models = ModelTable.parse({ first: { id: 'first', ...entry }, second: { id: 'second', ...entry } });
/** What the second model answers: it is asked when the first one has no output. */
export const bySecond = { content: { text: 'On tides, by the second.' } };

/** What a run came to, and what the models were asked for it. */
export interface Told {
  readonly result: RunResult<string>;
  /** The models that were asked, one request after the other. */
  readonly asked: readonly string[];
  readonly requests: ModelServer['requests'];
  readonly history: History;
}

export interface ModelEngine {
  /** Runs one essay, whose writer has models of which the first answers these replies, the last one for ever. */
  write(replies: Replies, writer?: Partial<typeof agents.writer>): Promise<Told>;
  stop(): Promise<void>;
}

/** A time-skipping server, and runs on it whose agents talk with models over HTTP. */
export async function startModelEngine(): Promise<ModelEngine> {
  const engine = await startEngine();
  const logger = new DefaultLogger('ERROR', () => undefined);
  const workflowBundle = await bundleWorkflows(join(__dirname, 'model-processes.ts'), logger);
  let queues = 0;
  return {
    async write(replies, writer = {}) {
      const rules = [
        { when: { model: 'first' }, replies: [...replies] },
        { when: { model: 'second' }, replies: [bySecond] },
      ];
      const server = await startModelServer({ rules });
      const folder = await mkdtemp(join(tmpdir(), 'counterpoint-models-'));
      const taskQueue = `models-${++queues}`;
      const activities = activitiesFor(server, folder, writer);
      const connection = engine.environment.nativeConnection;
      const worker = await Worker.create({ connection, taskQueue, workflowBundle, activities });
      try {
        return await worker.runUntil(() => written(engine, taskQueue, server));
      } finally {
        await server.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
    stop: () => engine.stop(),
  };
}

async function written(engine: Engine, taskQueue: string, server: ModelServer): Promise<Told> {
  const handle = await engine.start(essay, taskQueue, { topic: 'tides' });
  const result = await handle.result();
  const asked = server.requests.map(({ body }) => (body as { readonly model: string }).model); // the server has read it
  return { result, asked, requests: server.requests, history: await handle.fetchHistory() };
}

/** The writer as its understudy, for whom nobody takes over, and with two attempts for each model. */
function activitiesFor(server: ModelServer, folder: string, changes: Partial<typeof agents.writer>) {
  const artifacts = fileArtifactStore(join(folder, 'artifacts'));
  const { understudy: writer } = agents;
  return createActivities({
    agents: {
      ...agents,
      soloist: writer,
      writer: { ...writer, attemptsMax: 2, models: ['first', 'second'], ...changes },
    },
    ...{ tools, rules, forms: {}, artifacts, services: noServices },
    models: modelCards(models),
    transcripts: fileTranscriptStore(join(folder, 'transcripts')),
    chatOf: modelChats(models, { baseUrl: server.url }),
    modelOf: () => codeModel({}, artifacts),
    policies: { sameQuestionMax: 50, reworkRoundsMax: 25 },
  });
}
