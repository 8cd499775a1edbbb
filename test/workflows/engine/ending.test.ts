import { failure } from '../../../src/contracts/failures';
import { viewOf, waiting } from '../../support/deciding';
import {
  newWorld,
  startEngine,
  until,
  untilIdle,
  type Engine,
  type RunHandle,
  type World,
} from '../../support/engine-world';
import {
  booking,
  chain,
  clumsy,
  clumsyBranches,
  family,
  fanOut,
  hurried,
  relentless,
  signOff,
} from '../../support/processes';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

const cancelled = { outcome: 'rolledBack', failure: { type: 'Cancelled' } };
const statusOf = async (workflowId: string) =>
  (await engine.client.workflow.getHandle(workflowId).describe()).status.name;

describe('a cancelled run', () => {
  it('ends rolled back when an agent is at work, and asks nothing more', async () => {
    const world = newWorld();
    const called = signal();
    world.agents['writer'] = () => {
      called.come();
      return new Promise(() => undefined);
    };
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(chain, taskQueue, { topics: ['a', 'b'] });
      await called.promise;
      await handle.cancel();
      expect(await handle.result()).toMatchObject(cancelled);
      expect((await viewOf(handle)).steps).toMatchObject([{ step: 'writer-1', failure: { type: 'Cancelled' } }]);
    });
  });

  it('ends rolled back when a person is waited for, whose step is withdrawn', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const handle = await engine.start(signOff, taskQueue, { topic: 't', canEdit: false });
      await waiting(handle);
      await untilIdle(handle);
      await handle.cancel();
      expect(await handle.result()).toMatchObject(cancelled);
      expect(await viewOf(handle)).toMatchObject({
        state: 'rolledBack',
        waiting: [],
        steps: [{ step: 'writer-1' }, { step: 'editorSignOff-1', failure: { type: 'ApprovalWithdrawn' } }],
      });
    });
  });

  it('ends rolled back when it sleeps', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const handle = await engine.start(fanOut, taskQueue, { topics: ['a'], concurrencyMax: 1 });
      await until(
        () => viewOf(handle),
        ({ steps }) => steps.some(({ kind, state }) => kind === 'sleep' && state === 'asked'),
      );
      await handle.cancel();
      expect(await handle.result()).toMatchObject(cancelled);
    });
  });

  it('undoes what a tool was doing, after it has ended', async () => {
    const world = newWorld();
    const [called, mayEnd] = [signal(), signal()];
    let hasEnded = false;
    world.tools['book'] = bookThat(world, async () => {
      called.come();
      await mayEnd.promise;
      hasEnded = true;
    });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(booking, taskQueue, { item: 'x' });
      await called.promise;
      await handle.cancel();
      setTimeout(mayEnd.come, 4_000);
      const result = await handle.result();
      expect(hasEnded).toBe(true);
      expect(result).toMatchObject({ outcome: 'rolledBack', effects: [], failure: { type: 'Cancelled' } });
      expect((await viewOf(handle)).steps[0]?.effect).toMatchObject({ outcome: 'undone' });
    });
  });

  it('takes its children with it', async () => {
    const world = newWorld();
    const called = signal();
    world.agents['writer'] = () => {
      called.come();
      return new Promise(() => undefined);
    };
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(family, taskQueue, { lists: [['a']] });
      await called.promise;
      await handle.cancel();
      expect(await handle.result()).toMatchObject(cancelled);
      const child = engine.client.workflow.getHandle(`${handle.workflowId}.chain-1`);
      expect(await child.result()).toMatchObject(cancelled);
    });
  });
});

describe('a run that cannot go on', () => {
  it('ends although its process takes no failure for an answer', async () => {
    const world = newWorld();
    const result = await engine.withWorker(world, async (taskQueue) =>
      (await engine.start(relentless, taskQueue, {})).result(),
    );
    expect(result).toMatchObject({ outcome: 'outOfBudget', failure: { details: { unit: 'calls' } } });
  });

  it('ends out of budget when its time is over while it waits for a person', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const handle = await engine.start(hurried, taskQueue, {});
      expect(await handle.result()).toMatchObject({
        outcome: 'outOfBudget',
        failure: { type: 'OutOfBudget', details: { unit: 'ms', max: 3_600_000 } },
      });
      expect((await viewOf(handle)).steps).toMatchObject([{ failure: { type: 'ApprovalWithdrawn' } }]);
    });
  });

  it('says which child could not, and why', async () => {
    const world = newWorld();
    world.agents['writer'] = ({ topic }: { topic: string }) =>
      topic === 'bad' ? Promise.reject(failure('StepFailed', 'ill')) : Promise.resolve({ text: topic });
    world.agents['understudy'] = () => Promise.reject(failure('StepFailed', 'ill too'));
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(family, taskQueue, { lists: [['good'], ['bad']] });
      expect(await handle.result()).toMatchObject({
        outcome: 'rolledBack',
        failure: {
          type: 'StepFailed',
          message: expect.stringContaining('did not decide') as string,
          details: { step: 'chain-2', outcome: 'rolledBack' },
        },
      });
    });
  });

  it('ends with a reason when a child’s id is taken', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const workflowId = 'taken';
      const squatter = await engine.client.workflow.start(signOff, {
        taskQueue,
        workflowId: `${workflowId}.chain-1`,
        args: [{ topic: 't', canEdit: false }],
      });
      const args: [{ lists: string[][] }] = [{ lists: [['a']] }];
      const handle = await engine.client.workflow.start(family, { taskQueue, workflowId, args });
      expect(await handle.result()).toMatchObject({
        outcome: 'rolledBack',
        failure: { type: 'StepFailed', message: expect.stringContaining('taken.chain-1') as string },
      });
      await squatter.terminate();
    });
  });
});

describe('a programmer’s error', () => {
  it('fails the workflow task and leaves the run open, so that a fix resumes it', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const handle = await engine.start(clumsy, taskQueue, { topic: 't' });
      expect(await taskFailureOf(handle)).toMatchObject({
        message: expect.stringContaining('undefined') as string,
        stackTrace: expect.stringContaining('TypeError') as string,
      });
      expect(await statusOf(handle.workflowId)).toBe('RUNNING');
      await handle.terminate();
    });
  });

  it('in a branch that nobody awaits fails the workflow task of its run, and no other run', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const handle = await engine.start(clumsyBranches, taskQueue, { topics: ['a', 'b'] });
      expect(await taskFailureOf(handle)).toMatchObject({
        message: expect.stringContaining('undefined') as string,
      });
      const other = await engine.start(chain, taskQueue, { topics: ['a'] });
      expect(await other.result()).toMatchObject({ outcome: 'completed' });
      expect(await statusOf(handle.workflowId)).toBe('RUNNING');
      await handle.terminate();
    });
  });
});

/** Why the first workflow task of a run failed that did, once one has. */
function taskFailureOf(handle: RunHandle) {
  const read = async () =>
    (await handle.fetchHistory()).events?.find((event) => event.workflowTaskFailedEventAttributes)
      ?.workflowTaskFailedEventAttributes?.failure;
  return until(read, (found) => found != null);
}

function signal() {
  let come: () => void = () => undefined;
  const promise = new Promise<void>((done) => (come = done));
  return { promise, come };
}

function bookThat({ tools }: World, does: () => Promise<void>): World['tools'][string] {
  const book = tools['book']!;
  const execute: typeof book.execute = async (input, context) => {
    await does();
    return book.execute(input, context);
  };
  return { ...book, execute };
}
