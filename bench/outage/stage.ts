import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { agents } from '../../src/agents';
import { configuredAgents, configuredChats } from '../../src/activities/models/configured-models';
import { fileArtifactStore } from '../../src/activities/stores/artifact-store';
import { offloadingDataConverter } from '../../src/activities/stores/payload-store';
import { journalOf, resultOfRun, startRun } from '../../src/client/runs';
import { bringUp } from '../../src/client/up/bring-up';
import { openDataFolder } from '../../src/client/up/data-folder';
import { loadConfig } from '../../src/config';
import { failure } from '../../src/contracts/failures';
import type { JournalEntry } from '../../src/contracts/journal';
import type { RunResult } from '../../src/contracts/outcome';
import { customerOperations } from '../../src/workflows';

/** A call of a model that waits for an answer, as the server tells of it. */
export interface PendingCall {
  readonly call: string;
  /** Which try, from 1. */
  readonly attempt: number;
  /** The type of what the last try failed with. */
  readonly lastFailure: string | undefined;
}

/** A run of customer operations whose reading agent is on models, on a Temporal server and a worker of its own. */
export interface Stage {
  readonly runId: string;
  /** The calls of models that are under way or to be tried again. */
  pending(): Promise<readonly PendingCall[]>;
  /** The tries that a call of a model had, by the call's name. */
  tries(): Promise<ReadonlyMap<string, number>>;
  journal(): Promise<readonly JournalEntry[]>;
  /** What the run came to; nothing while it goes on. */
  result(): Promise<RunResult | undefined>;
}

export interface StageOptions {
  readonly modelServerUrl: string;
  /** Of the reading agent, in order of preference. */
  readonly models: readonly string[];
  readonly say: (line: string) => void;
}

const root = join(__dirname, '..', '..');
const agent = 'caseReader';
const caseFile = join(root, 'data', 'shop', 'cases', 'cancel-with-refund.json');

/** Brings up a server and the compiled worker in a folder of their own, starts a run, and takes it all down again. */
export async function onStage<Result>(options: StageOptions, work: (stage: Stage) => Promise<Result>): Promise<Result> {
  const workerFile = join(root, 'dist', 'worker.js');
  if (!existsSync(workerFile)) throw failure('InvalidInput', 'There is no dist/worker.js. Run `npm run build` first.');
  const parent = await mkdtemp(join(tmpdir(), 'counterpoint-outage-'));
  const config = loadConfig({
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_'))),
    TEMPORAL_CLI_PATH: process.env['TEMPORAL_CLI_PATH'],
    ...{ COUNTERPOINT_DATA: join(parent, 'data'), COUNTERPOINT_MODELS: `${agent}=${options.models.join('|')}` },
    ...{ OPENAI_BASE_URL: options.modelServerUrl, OPENAI_API_KEY: '', DATABASE_URL: '' },
  });
  const folder = await openDataFolder(config.dataDir);
  const outsideFile = join(root, 'dist', 'outside.js');
  const { signal } = new AbortController();
  const assertModels = async () => {
    configuredChats(await configuredAgents(agents, config), config);
  };
  const up = await bringUp({ config, folder, workerFile, outsideFile, assertModels, signal, say: options.say });
  try {
    const connection = await Connection.connect({ address: up.address });
    const dataConverter = offloadingDataConverter(fileArtifactStore(folder.artifacts));
    const client = new Client({ connection, namespace: config.namespace, dataConverter });
    const input: unknown = JSON.parse(await readFile(caseFile, 'utf8'));
    const { description } = customerOperations;
    const { taskQueue } = config;
    const runId = await startRun(client, { process: description, input, taskQueue, about: 'an outage' });
    const result = await work(stageOf(client, runId));
    await connection.close();
    return result;
  } finally {
    await up.release();
    await rm(parent, { recursive: true, force: true, maxRetries: 5 });
  }
}

function stageOf(client: Client, runId: string): Stage {
  const handle = client.workflow.getHandle(runId);
  return {
    runId,
    async pending() {
      const { raw } = await handle.describe();
      return (raw.pendingActivities ?? [])
        .filter(({ activityType }) => activityType?.name === 'callModel')
        .map(({ activityId, attempt, lastFailure }) => ({
          call: activityId ?? '',
          attempt: attempt ?? 1,
          lastFailure: lastFailure?.applicationFailureInfo?.type ?? undefined,
        }));
    },
    async tries() {
      const { events } = await handle.fetchHistory();
      const calls = new Map<string, string>();
      const tries = new Map<string, number>();
      for (const event of events ?? []) {
        const scheduled = event.activityTaskScheduledEventAttributes;
        if (scheduled?.activityType?.name === 'callModel') calls.set(String(event.eventId), scheduled.activityId ?? '');
        const started = event.activityTaskStartedEventAttributes;
        const call = calls.get(String(started?.scheduledEventId));
        if (call !== undefined) tries.set(call, started?.attempt ?? 1);
      }
      return tries;
    },
    journal: () => journalOf(client, runId),
    result: () => resultOfRun(client, runId),
  };
}

/** Waits until something is there, looking four times a second. @throws when the run ends before, or it takes too long */
export async function untilFound<Found>(
  look: () => Promise<Found | undefined>,
  { what, withinMs }: { readonly what: string; readonly withinMs: number },
): Promise<Found> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline;) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(250);
  }
  throw new Error(`Within ${withinMs / 1_000} s it did not come to this: ${what}.`);
}
