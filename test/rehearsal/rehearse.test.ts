import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { bundleWorkflows } from '../../src/build/bundle';
import type { Row } from '../../src/client/rehearse/judge';
import { startRehearsalServer, type RehearsalServer } from '../../src/client/rehearse/rehearsal-server';
import { rehearse } from '../../src/client/rehearse/rehearse';
import type { SystemsCopies } from '../../src/contracts/rehearsal';
import { startOutside } from '../../src/outside/start-outside';
import { copySystems } from '../../src/rehearsal/copy-systems';
import { cornerShop } from '../support/corner-shop';
import { venture } from './world/processes';

const runsWithinMs = 400_000;
const scene: { folder: string; servers: RehearsalServer[]; copies?: SystemsCopies } = { folder: '', servers: [] };

beforeAll(async () => {
  const logger = new DefaultLogger('ERROR', () => undefined);
  Runtime.install({ logger });
  scene.folder = await mkdtemp(join(tmpdir(), 'counterpoint-rehearse-'));
  const { code } = await bundleWorkflows(join(__dirname, 'world/processes.ts'), logger);
  await writeFile(join(scene.folder, 'bundle.js'), code);
  const source = { folder: scene.folder, databaseUrl: undefined, shop: JSON.stringify(cornerShop) };
  scene.copies = await copySystems(source, startOutside);
  const binary = process.env['TEMPORAL_TEST_SERVER_PATH']!;
  while (scene.servers.length < 2) scene.servers.push(await startRehearsalServer(binary, {}));
}, runsWithinMs);

afterAll(async () => {
  for (const server of scene.servers) await server.stop();
  await scene.copies?.remove();
  await rm(scene.folder, { recursive: true, force: true, maxRetries: 3 });
});

/** Rehearses the venture with these tools. */
async function rehearsed(tools: readonly string[], isSignedOff = false): Promise<Map<string, Row>> {
  const rows = await rehearse(
    {
      process: venture.description,
      input: { tools, isSignedOff },
      copies: scene.copies!,
      worker: { file: join(__dirname, 'world/worker.ts'), nodeArguments: ['--require', 'tsx/cjs'] },
      workflowBundleFile: join(scene.folder, 'bundle.js'),
      policies: { sameQuestionMax: 50, reworkRoundsMax: 25 },
      playbookFile: '',
      folder: scene.folder,
      artifacts: join(scene.folder, 'artifacts'),
    },
    scene.servers as [RehearsalServer, ...RehearsalServer[]], // they were started
    () => undefined,
  );
  return new Map(rows.map((row) => [[row.step, row.fault].filter(Boolean).join(' '), row]));
}

it(
  'is red where an effect happens again at the next attempt, and says what there is too much of',
  async () => {
    const rows = await rehearsed(['reserveAnew']);
    const after = rows.get('reserveAnew-1 failsAfter')!;
    expect(after).toMatchObject({ outcome: 'completed', doneTwice: 1, isAsExpected: false, isGreen: false });
    expect(after.difference.added).toEqual([expect.stringContaining('"contract": "item 0"')]);
    expect(rows.get('reserveAnew-1 workerDies')).toMatchObject({ doneTwice: 1, isGreen: false });
    expect(rows.get('reserveAnew-1 failsOnce')).toMatchObject({ outcome: 'completed', doneTwice: 0, isGreen: true });
  },
  runsWithinMs,
);

it(
  'is red where the undo does nothing, and says what was left',
  async () => {
    const rows = await rehearsed(['reserveForGood']);
    for (const fault of ['cancelled', 'rejectedLater']) {
      const row = rows.get(`reserveForGood-1 ${fault}`)!;
      expect(row).toMatchObject({ isAsExpected: false, isGreen: false, undone: [] });
      // Asked anew after a rejection, it stands once for each time.
      const isItem = row.difference.added.map((record) => record.includes('"contract": "item 0"'));
      expect([...new Set(isItem)]).toEqual([true]);
    }
    expect(rows.get('reserveForGood-1 failsAfter')).toMatchObject({ outcome: 'completed', isGreen: true });
  },
  runsWithinMs,
);

it(
  'is green with every fault of every effect where tools are as they should be',
  async () => {
    const rows = await rehearsed(['reserve', 'reserve'], true);
    expect([...rows.values()].filter(({ isGreen }) => !isGreen)).toEqual([]);
    expect(rows.get('none')).toMatchObject({ outcome: 'completed', expected: 'final' });
    expect(rows.get('reserve-2 workerDies')).toMatchObject({ outcome: 'completed', undone: [], doneTwice: 0 });
    expect(rows.get('reserve-2 cancelled')).toMatchObject({
      outcome: 'rolledBack',
      undone: ['reserve-2', 'reserve-1'],
    });
    expect(rows.get('reserve-1 rejectedAtEnd')).toMatchObject({ outcome: 'completed', expected: 'final' });
    expect(rows.get('signOff-1 signOffRejected')).toMatchObject({
      outcome: 'rejected',
      undone: ['reserve-2', 'reserve-1'],
      expected: 'initial',
    });
  },
  runsWithinMs,
);
