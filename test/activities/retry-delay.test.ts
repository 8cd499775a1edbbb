import { temporal } from '@temporalio/proto';
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

const benign = temporal.api.enums.v1.ApplicationErrorCategory.APPLICATION_ERROR_CATEGORY_BENIGN;

describe('an activity that fails once', () => {
  it('as busy, is tried again when it says, and raises no alarm', async () => {
    const info = await failureInHistory('busy', failure('ModelBusy', 'busy', { retryAfterMs: 42_000 }));
    expect(info).toMatchObject({ type: 'ModelBusy', category: benign, nonRetryable: false });
    expect(Number(info.nextRetryDelay?.seconds)).toBe(42);
  });

  it('as unavailable, is tried again when it says, and is an error', async () => {
    const info = await failureInHistory('open', failure('ModelUnavailable', 'open', { retryAfterMs: 1_500 }));
    expect(info.category).not.toBe(benign);
    expect([Number(info.nextRetryDelay?.seconds), info.nextRetryDelay?.nanos]).toEqual([1, 500_000_000]);
  });

  it('without a word on when, is tried again by the policy', async () => {
    const info = await failureInHistory('down', failure('ModelUnavailable', 'down', { retryAfterMs: 'soon' }));
    expect(info).toMatchObject({ type: 'ModelUnavailable' });
    expect(info.nextRetryDelay).toBeFalsy();
  });
});

/** What history says of the first attempt's failure. */
async function failureInHistory(workflowId: string, failed: Failure) {
  let attempts = 0;
  const taskQueue = `retry-${workflowId}`;
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue,
    workflowsPath: require.resolve('../support/busy-workflow'),
    activities: {
      answer: asActivity(() => (++attempts === 1 ? Promise.reject(failed) : Promise.resolve(`attempt ${attempts}`))),
    },
  });
  const { workflow } = environment.client;
  await worker.runUntil(async () => {
    await expect(workflow.execute('askOnce', { taskQueue, workflowId })).resolves.toBe('attempt 2');
  });
  const { events } = await workflow.getHandle(workflowId).fetchHistory();
  const started = events?.find(({ activityTaskStartedEventAttributes: event }) => event != null);
  const info = started?.activityTaskStartedEventAttributes?.lastFailure?.applicationFailureInfo;
  if (info == null) throw new Error('Expected the history to keep why the first attempt failed.');
  return info;
}
