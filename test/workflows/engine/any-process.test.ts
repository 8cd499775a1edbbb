import fc from 'fast-check';
import { newWorld, startEngine, executionsOf, type Engine } from '../../support/engine-world';
import { eager, interpreter } from '../../support/processes';
import type { Program } from '../../support/program';
import { withQuickOnes } from '../../support/quick';

let engine: Engine;

// The time-skipping server refuses to cancel an activity that ends in the same moment; a real one does not.
beforeAll(async () => {
  engine = await startEngine({ isReal: true });
});

afterAll(() => engine.stop());

const about = fc.constantFrom('a', 'b', 'c', 'bad');
const topics = fc.array(fc.constantFrom('t', 'u', 'v', 'w', 'bad'), { maxLength: 5 });
const { program } = fc.letrec<{ program: Program }>((tie) => {
  const parts = fc.array(tie('program'), { minLength: 1, maxLength: 3 });
  return {
    program: fc.oneof(
      { depthSize: 'small', maxDepth: 3 },
      fc.record({ do: fc.constantFrom('write' as const, 'lookUp' as const), about }),
      fc.record({ do: fc.constant('pause' as const), ms: fc.integer({ min: 1, max: 50 }) }),
      fc.record({ do: fc.constant('map' as const), topics, concurrencyMax: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ do: fc.constantFrom('sequence' as const, 'parallel' as const), parts }),
      fc.record({ do: fc.constant('if' as const), about, even: tie('program'), odd: tie('program') }),
      fc.record({ do: fc.constant('try' as const), part: tie('program') }),
    ),
  };
});

const rounds = 3;
const programs = fc.array(program, { minLength: 10, maxLength: 10 });
const limits = [undefined, 1, 2, 3] as const;

describe('a process that asks for more at once than it comes to take', () => {
  it('ends with its first failure when it fails before', async () => {
    await engine.withWorker(newWorld(), async (taskQueue) => {
      const handle = await engine.start(eager, taskQueue, {});
      expect(await handle.result()).toMatchObject({ outcome: 'rolledBack', failure: { type: 'DocumentUnreadable' } });
    });
  });
});

describe('a process of any shape', () => {
  it('comes to the same whether or not it is handed over on the way, and its calls are quick', async () => {
    let handedOver = 0;
    const endOn = async (taskQueue: string, given: Program) => {
      const handle = await engine.start(interpreter, taskQueue, { program: given });
      const end = outcomeOf(await handle.result());
      if ((await executionsOf(handle)).length > 1) handedOver += 1;
      return end;
    };
    await withWorkers(limits, (taskQueues) =>
      fc.assert(
        fc.asyncProperty(programs, (given) =>
          eachOf(given, async (one) => {
            const [whole, ...parts] = await eachOf(taskQueues, (taskQueue) => endOn(taskQueue, one));
            for (const part of parts) expect({ program: one, ...part }).toEqual({ program: one, ...whole });
          }).then(() => undefined),
        ),
        { numRuns: rounds, endOnFailure: true },
      ),
    );
    expect(handedOver).toBeGreaterThan(rounds);
  }, 120_000);
});

const eachOf = <Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>) =>
  Promise.all(items.map(work));

/** Works with a worker for each limit of steps per execution; on those with an odd one, calls are quick. */
function withWorkers(
  [limit, ...others]: readonly (number | undefined)[],
  work: (taskQueues: string[]) => Promise<void>,
): Promise<void> {
  const isQuick = limit !== undefined && limit % 2 === 1;
  const world = isQuick ? withQuickOnes(newWorld()) : newWorld();
  world.policies = limit === undefined ? {} : { stepsPerExecutionMax: limit };
  return engine.withWorker(world, (taskQueue) =>
    others.length === 0 ? work([taskQueue]) : withWorkers(others, (taskQueues) => work([taskQueue, ...taskQueues])),
  );
}

/** What must be the same: the outcome, the value, the reason. What was asked after a failure depends on time. */
function outcomeOf(result: { outcome: string; value?: unknown; failure?: { type: string } }) {
  return { outcome: result.outcome, value: result.value, reason: result.failure?.type };
}
