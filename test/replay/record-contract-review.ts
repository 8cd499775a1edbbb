/**
 * Records the golden histories of contract review from real runs on a dev server, by hand, after `npm run build`:
 *
 *     npx tsx test/replay/record-contract-review.ts
 *
 * As with the engine's, a history that is there already is never overwritten.
 */
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { executionsOf } from '../support/engine-world';
import { withoutTraces } from '../support/golden-history';

const root = join(__dirname, '..', '..');
const histories = join(__dirname, 'histories');
const step = 'counselSignOff-1';

interface Scene {
  readonly contract: string;
  readonly stepsPerExecutionMax?: number;
  /** What is said once the sign-off waits. */
  readonly then: readonly string[];
}

const scenes: Record<string, Scene> = {
  approved: { contract: 'software-licence', then: ['decide', step, '--approve', '--as', 'ada'] },
  rejected: { contract: 'supply-agreement', then: ['decide', step, '--reject', '--as', 'ada', '--comment', 'No.'] },
  cancelled: { contract: 'supply-agreement', then: ['cancel'] },
  'handed-over': {
    contract: 'reseller-agreement',
    stepsPerExecutionMax: 15,
    then: ['decide', step, '--approve', '--as', 'ada'],
  },
};

async function record(name: string, { contract, stepsPerExecutionMax, then }: Scene): Promise<void> {
  const path = (part: number) => join(histories, 'contract-review', `${name}-${part}.json`);
  if (await exists(path(1))) return;
  const data = await mkdtemp(join(tmpdir(), 'counterpoint-record-'));
  const env = { ...process.env, COUNTERPOINT_DATA: data };
  const limit =
    stepsPerExecutionMax === undefined ? {} : { COUNTERPOINT_STEPS_PER_EXECUTION_MAX: String(stepsPerExecutionMax) };
  const command = join(root, 'dist', 'counterpoint.js');
  const say = (...words: string[]) => promisify(execFile)(process.execPath, [command, ...words], { env });
  const up = spawn(process.execPath, [command, 'up'], { env: { ...env, ...limit }, stdio: 'ignore' });
  try {
    await until(async () => (await readFile(join(data, 'up.json'), 'utf8').catch(() => '')).includes('workerPid'));
    await say('run', 'contract-review', '--input', join(root, 'data', 'contracts', `${contract}.txt`), '--id', name);
    await until(async () => (await say('show', name, '--json')).stdout.includes('"state": "waiting"'));
    const [verb = '', ...rest] = then;
    await say(verb, name, ...rest);
    await until(async () => (await say('show', name, '--json')).stdout.includes('"outcome"'));
    const { address } = JSON.parse(await readFile(join(data, 'up.json'), 'utf8')) as { address: string };
    const connection = await Connection.connect({ address });
    const { workflow: client } = new Client({ connection });
    const { raw } = await client.getHandle(name).describe();
    const firstExecutionRunId = raw.workflowExecutionInfo?.firstRunId ?? '';
    const executions = await executionsOf({ client, workflowId: name, firstExecutionRunId });
    await connection.close();
    for (const [index, history] of executions.entries()) {
      await writeFile(path(index + 1), `${withoutTraces(historyToJSON(history))}\n`);
    }
    await cp(join(data, 'artifacts'), join(histories, 'artifacts'), { recursive: true });
  } finally {
    up.kill('SIGINT');
    await new Promise((resolve) => up.once('exit', resolve));
    await rm(data, { recursive: true, force: true });
  }
}

async function until(isIt: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < 200; looks += 1) {
    if (await isIt()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('Expected the run to get on.');
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function main(): Promise<void> {
  await mkdir(join(histories, 'contract-review'), { recursive: true });
  for (const [name, scene] of Object.entries(scenes)) await record(name, scene);
}

void main();
