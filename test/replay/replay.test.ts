import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import { bundleWorkflows } from '../../src/build/bundle';
import { fileArtifactStore } from '../../src/activities/stores/artifact-store';
import { offloadingDataConverter } from '../../src/activities/stores/payload-store';

const histories = join(__dirname, 'histories');
const logger = new DefaultLogger('ERROR', () => undefined);

/** The golden histories in a folder. Files begin with `NAME-PART`: one for each execution of a run. */
function goldenIn(folder: string): string[] {
  const path = join(histories, folder);
  return existsSync(path) ? readdirSync(path).filter((file) => file.endsWith('.json')) : [];
}

function read(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(join(histories, folder, file), 'utf8'));
}

/** Bundles workflows once, and gives what replays a history against them. */
async function replayerOf(workflowsPath: string, options: Pick<ReplayWorkerOptions, 'dataConverter'> = {}) {
  const workflowBundle = await bundleWorkflows(workflowsPath, logger);
  // An id other than the recorded one: nothing inside a run may derive from it.
  return (history: unknown) => Worker.runReplayHistory({ ...options, workflowBundle }, history, 'replayed');
}

type Replay = Awaited<ReturnType<typeof replayerOf>>;

beforeAll(() => {
  Runtime.install({ logger });
});

describe('the golden histories of the engine', () => {
  let replay: Replay;

  beforeAll(async () => {
    replay = await replayerOf(join(__dirname, '..', 'support', 'processes.ts'));
  });

  it('are there', () => {
    expect(goldenIn('engine').length).toBeGreaterThan(10);
  });

  it.each(goldenIn('engine'))('replay: %s', async (file) => {
    await expect(replay(read('engine', file))).resolves.toBeUndefined();
  });

  it.each(goldenIn('models'))('replay conversations with models: %s', async (file) => {
    await expect(replay(read('models', file))).resolves.toBeUndefined();
  });

  it('betray a process that asks for something else', async () => {
    const incompatible = await replayerOf(join(__dirname, 'incompatible.ts'));
    const history = read('engine', 'fan-out-1.json');
    await expect(incompatible(history)).rejects.toThrow(DeterminismViolationError);
    await expect(replay(history)).resolves.toBeUndefined();
  });
});

const reviews = goldenIn('contract-review');
const describeReviews = reviews.length === 0 ? describe.skip : describe;

describeReviews('the golden histories of contract review', () => {
  let replay: Replay;

  beforeAll(async () => {
    const dataConverter = offloadingDataConverter(fileArtifactStore(join(histories, 'artifacts')));
    replay = await replayerOf(join(__dirname, '..', '..', 'src', 'workflows', 'index.ts'), { dataConverter });
  });

  it.each(reviews.length === 0 ? ['none yet'] : reviews)('replay: %s', async (file) => {
    await expect(replay(read('contract-review', file))).resolves.toBeUndefined();
  });
});

describe('the golden histories of customer operations', () => {
  let replay: Replay;

  beforeAll(async () => {
    replay = await replayerOf(join(__dirname, '..', '..', 'src', 'workflows', 'index.ts'));
  });

  it.each(goldenIn('customer-operations'))('replay: %s', async (file) => {
    await expect(replay(read('customer-operations', file))).resolves.toBeUndefined();
  });
});
