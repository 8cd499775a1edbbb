import { QueryNotRegisteredError, ServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { isAway } from '../../src/client/away';
import { cancelRun, listWaiting, viewRun } from '../../src/client/runs';
import type { RunView } from '../../src/contracts/run-view';
import { runView, waitingView } from './views';

/** A server as far as these calls see one: for each run what its view is, or why there is none. */
function serverOf(runs: Readonly<Record<string, RunView | Error>>, status = 'RUNNING') {
  const deadlines: number[] = [];
  const cancelled: string[] = [];
  const client = {
    withDeadline(deadline: number, call: () => Promise<unknown>) {
      deadlines.push(deadline);
      return call();
    },
    workflow: {
      getHandle: (runId: string) => ({
        query() {
          const view = runs[runId] ?? unavailable(9);
          return view instanceof Error ? Promise.reject(view) : Promise.resolve(view);
        },
        describe: () =>
          runId in runs
            ? Promise.resolve({ status: { name: status } })
            : Promise.reject(new WorkflowNotFoundError('not found', runId, undefined)),
        cancel() {
          cancelled.push(runId);
          return Promise.resolve();
        },
      }),
      list: () =>
        Object.keys(runs).map((workflowId) => ({
          workflowId,
          typedSearchAttributes: { get: () => undefined },
          status: { name: status },
          startTime: new Date(0),
        })),
    },
  };
  return { client: client as unknown as Client, deadlines, cancelled };
}

function unavailable(code: number): Error {
  return new ServiceError('Failed to query Workflow', { cause: Object.assign(new Error('no poller'), { code }) });
}

describe('a run that does not answer', () => {
  it('is not found when there is none', async () => {
    await expect(viewRun(serverOf({}).client, 'nowhere')).rejects.toMatchObject({ type: 'RunNotFound' });
  });

  it.each([
    ['in time', unavailable(4)],
    ['before the server gave the query up', unavailable(1)],
    ['because no worker is up or its task fails', unavailable(9)],
    ['to this query', Reflect.construct(QueryNotRegisteredError, ['unknown queryType', 3]) as Error],
  ])('%s is said to exist, and may be waited for', async (_how, error) => {
    const { client, deadlines } = serverOf({ stuck: error });
    const failed: unknown = await viewRun(client, 'stuck').catch((reason: unknown) => reason);
    expect(failed).toMatchObject({
      type: 'ServerUnavailable',
      message: expect.stringMatching(/^The run stuck exists but does not answer: /) as string,
    });
    expect(isAway(failed)).toBe(true);
    expect(deadlines).toHaveLength(2);
  });

  it('hides no other run that waits', async () => {
    const waits = runView([], { runId: 'waits', waiting: [waitingView()] });
    const { waiting, unanswered, isCut } = await listWaiting(serverOf({ stuck: unavailable(9), waits }).client);
    expect(waiting).toMatchObject([{ runId: 'waits', step: 'counselSignOff-1' }]);
    expect(unanswered).toEqual([expect.stringMatching(/^stuck: The run stuck exists but does not answer/)]);
    expect(isCut).toBe(false);
  });
});

describe('a list of runs', () => {
  it('says when there are more than it holds', async () => {
    const many = (count: number) =>
      serverOf(Object.fromEntries(Array.from({ length: count }, (_, index) => [`run-${index}`, runView([])])));
    expect((await listWaiting(many(1_000).client)).isCut).toBe(false);
    expect((await listWaiting(many(1_001).client)).isCut).toBe(true);
  });
});

describe('cancelling', () => {
  it('asks a run that goes on, and leaves one alone that has ended', async () => {
    const ended = serverOf({ review: runView([]) }, 'COMPLETED');
    expect(await cancelRun(ended.client, 'review')).toBe(false);
    expect(ended.cancelled).toEqual([]);
    const running = serverOf({ review: runView([]) });
    expect(await cancelRun(running.client, 'review')).toBe(true);
    expect(running.cancelled).toEqual(['review']);
  });
});
