import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { asActivity } from '../../src/activities/as-activity';
import { failure, type Failure } from '../../src/contracts/failures';
import { pathOf } from '../support/engine-world';

let environment: TestWorkflowEnvironment;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: pathOf('TEMPORAL_TEST_SERVER_PATH') } },
  });
});
afterAll(() => environment.teardown());

/** What the policy of the workflow would wait. */
const byPolicyMs = 1_000;
const saidMs = 3_600_000;

describe('an activity that fails once', () => {
  it('is tried again when its failure says', async () => {
    const waitedMs = await waitedAfter('busy', failure('ModelBusy', 'busy', { retryAfterMs: saidMs }));
    expect(waitedMs).toBeGreaterThanOrEqual(saidMs);
  });

  it('is tried again by the policy when its failure does not say when', async () => {
    const waitedMs = await waitedAfter('down', failure('ModelUnavailable', 'down', { retryAfterMs: 'soon' }));
    expect(waitedMs).toBeGreaterThanOrEqual(byPolicyMs);
    expect(waitedMs).toBeLessThan(saidMs);
  });
});

/** How long the server let pass, in its own time, from the first attempt to the second. */
async function waitedAfter(workflowId: string, failed: Failure): Promise<number> {
  const startedAtMs: number[] = [];
  const taskQueue = `retry-${workflowId}`;
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue,
    workflowsPath: require.resolve('../support/busy-workflow'),
    activities: {
      answer: asActivity(async () => {
        startedAtMs.push(await environment.currentTimeMs());
        if (startedAtMs.length === 1) throw failed;
        return 'answered';
      }),
    },
  });
  const { workflow } = environment.client;
  await worker.runUntil(async () => {
    await expect(workflow.execute('askOnce', { taskQueue, workflowId })).resolves.toBe('answered');
  });
  const [first = 0, second = 0, ...others] = startedAtMs;
  expect(others).toEqual([]);
  return second - first;
}
