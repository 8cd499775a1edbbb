/**
 * Records the golden histories of the engine's test processes, by hand, for a new process and for a new version of the engine:
 *
 *     npx tsx test/replay/record.ts
 *
 * A history that is there already is never overwritten: it is what a run under way looks like to newer code. When
 * replay fails, the code changes (a patch, or a new version), not the history.
 */
import { join } from 'node:path';
import type { DecisionKind } from '../../src/contracts/decision';
import { decideNext, waiting } from '../support/deciding';
import { recordHistories } from './record-histories';
import { untilIdle, type Engine, type RunHandle } from '../support/engine-world';
import type { Inheritance } from '../../src/workflows/engine/execution';
import { journalQuery, previewUpdate, rejectStepUpdate } from '../../src/workflows/messages';
import {
  announcement,
  bookings,
  branches,
  chain,
  family,
  fanOut,
  festival,
  gated,
  household,
  relay,
  signOff,
  vigil,
} from '../support/processes';
import { relayWorld } from '../support/relay-world';
import { withQuickOnes } from '../support/quick';
import { broken, sagaWorld, type SagaWorld } from '../support/saga-world';

const folder = join(__dirname, 'histories', 'engine');
const topics = ['a', 'b', 'c'];

/** Executions until the reworked run waits again, when each enters two steps. */
const handedOverTimes = 6;

/** Starts a run in a world of its own, and works on it until it has ended. */
type Scene = (engine: Engine, world: SagaWorld) => (taskQueue: string) => Promise<RunHandle>;

const scenes: Record<string, Scene> = {
  'chain-handed-over': (engine, world) => async (taskQueue) => {
    world.policies = { stepsPerExecutionMax: 2 };
    return ended(await engine.start(chain, taskQueue, { topics: [...topics, 'd', 'e'] }));
  },
  'quick-calls': (engine, world) => async (taskQueue) => {
    const { tools } = withQuickOnes(world);
    const lookUp = tools['lookUp']!;
    // The last of its attempts comes after a timer.
    const faults = [broken(), broken(), broken()];
    tools['lookUp'] = {
      ...lookUp,
      execute: async (input, context) => {
        const fault = (input as { readonly key: string }).key === 'b' ? faults.shift() : undefined;
        if (fault !== undefined) throw fault;
        return lookUp.execute(input, context);
      },
    };
    world.policies = { stepsPerExecutionMax: 5 };
    return ended(await engine.start(fanOut, taskQueue, { topics: [...topics, 'bad'], concurrencyMax: 2 }));
  },
  cited: (engine, world) => async (taskQueue) => {
    world.tools['lookUp'] = relayWorld('What the contract says. '.repeat(20)).tools['lookUp']!;
    return decided(await engine.start(relay, taskQueue, { key: 'contract', beside: null }), 'approve');
  },
  'fan-out': (engine) => async (taskQueue) =>
    ended(await engine.start(fanOut, taskQueue, { topics, concurrencyMax: 2 })),
  family: (engine) => async (taskQueue) => ended(await engine.start(family, taskQueue, { lists: [['a'], ['b', 'c']] })),
  'gated-feedback-and-escalation': (engine, world) => async (taskQueue) => {
    world.agents['writer'] = () => Promise.resolve({ text: 'the sea' });
    world.agents['understudy'] = () => Promise.resolve({ text: 'tides!' });
    const handle = await engine.start(gated, taskQueue, { topic: 'tides', agent: 'writer' });
    await decideNext(handle, 'edit', { value: { text: 'the ocean' } });
    await waiting(handle, ({ step }) => step === 'writerEscalation-2');
    await decideNext(handle, 'edit', { value: { text: 'tides' } });
    return ended(handle);
  },
  'sign-off-escalated-and-edited': (engine) => async (taskQueue) => {
    const handle = await engine.start(signOff, taskQueue, { topic: 't', canEdit: true });
    await waiting(handle);
    await engine.environment.sleep('50 hours');
    await waiting(handle, ({ escalated }) => escalated);
    return decided(handle, 'edit', { value: { text: 'edited' } });
  },
  'sign-off-rejected': (engine) => async (taskQueue) =>
    decided(await engine.start(signOff, taskQueue, { topic: 't', canEdit: true }), 'reject', { comment: 'No.' }),
  'sign-off-expired': (engine) => async (taskQueue) =>
    ended(await engine.start(signOff, taskQueue, { topic: 't', canEdit: false })),
  'sign-off-cancelled': (engine) => async (taskQueue) => {
    const handle = await engine.start(signOff, taskQueue, { topic: 't', canEdit: true });
    await waiting(handle);
    await handle.cancel();
    return ended(handle);
  },
  'vigil-handed-over-while-waiting': (engine, world) => async (taskQueue) => {
    world.policies = { stepsPerExecutionMax: 1 };
    const handle = await engine.start(vigil, taskQueue, { topics });
    await untilIdle(handle, 1 + topics.length);
    return decided(handle, 'approve');
  },
  reworked: (engine) => async (taskQueue) => {
    const handle = await engine.start(branches, taskQueue, { topics });
    await waiting(handle);
    await handle.executeUpdate(previewUpdate, { args: [{ reject: 'writer-1' }] });
    await rejectStep(handle, 'writer-1');
    await waiting(handle, ({ step }) => step === 'editorSignOff-2');
    return decided(handle, 'approve');
  },
  'handed-over-in-rework': (engine, world) => async (taskQueue) => {
    world.policies = { stepsPerExecutionMax: 2 };
    const handle = await engine.start(branches, taskQueue, { topics });
    await untilIdle(handle, 4);
    await rejectStep(handle, 'writer-1');
    await untilIdle(handle, handedOverTimes);
    return decided(handle, 'approve');
  },
  'rolled-back': (engine) => async (taskQueue) =>
    ended(await engine.start(bookings, taskQueue, { items: topics, endsWell: false })),
  'undone-by-hand': (engine, world) => async (taskQueue) => {
    const fault = { when: 'before', error: broken() } as const;
    world.faults.set('undo b', Array<typeof fault>(20).fill(fault));
    const handle = await engine.start(bookings, taskQueue, { items: topics, endsWell: false });
    await engine.environment.sleep('5 minutes');
    return decided(handle, 'undoneByHand');
  },
  'looked-up': (engine, world) => async (taskQueue) => {
    const fault = { when: 'after', error: broken() } as const;
    world.faults.set('book b', Array<typeof fault>(20).fill(fault));
    return ended(await engine.start(bookings, taskQueue, { items: topics, endsWell: true }));
  },
  'children-undone': (engine) => async (taskQueue) =>
    decided(await engine.start(household, taskQueue, { lists: [['x'], ['y', 'z']] }), 'reject'),
  'pivot-in-doubt': (engine, world) => async (taskQueue) => {
    world.faults.set('shout party', [{ when: 'before', error: broken() }]);
    const handle = await engine.start(announcement, taskQueue, { tool: 'shout' });
    await decideNext(handle, 'approve');
    await waiting(handle, ({ step }) => step === 'shoutDoubt-1');
    return decided(handle, 'tryAgain');
  },
  'child-with-a-pivot': (engine) => async (taskQueue) =>
    decided(await engine.start(festival, taskQueue, {}), 'approve'),
  forked: (engine) => async (taskQueue) => {
    const other = await decided(await engine.start(branches, taskQueue, { topics }), 'approve');
    return takenOver(engine, taskQueue, {
      as: 'fork',
      from: other.workflowId,
      entries: await journalOf(other),
      at: 'writer-4',
    });
  },
  repaired: (engine) => async (taskQueue) => {
    const other = await decided(await engine.start(branches, taskQueue, { topics }), 'reject');
    return takenOver(engine, taskQueue, { as: 'repair', from: other.workflowId, entries: await journalOf(other) });
  },
};

function rejectStep(handle: RunHandle, step: string) {
  return handle.executeUpdate(rejectStepUpdate, { args: [{ step, feedback: 'wrong', actor: 'ada' }] });
}

async function journalOf(handle: RunHandle) {
  return [...(await handle.query(journalQuery))];
}

async function takenOver(engine: Engine, taskQueue: string, inheritance: Inheritance): Promise<RunHandle> {
  const handle = await engine.client.workflow.start(branches, {
    taskQueue,
    workflowId: `${inheritance.as}-1`,
    args: [{ topics }, inheritance],
  });
  return decided(handle, 'approve'); // the process's own types, which other scenes do not have
}

async function ended(handle: RunHandle): Promise<RunHandle> {
  await handle.result();
  return handle;
}

async function decided(handle: RunHandle, decision: DecisionKind, rest = {}): Promise<RunHandle> {
  await decideNext(handle, decision, rest);
  return ended(handle);
}

void recordHistories(folder, scenes, (engine, scene) => {
  const world = sagaWorld();
  return engine.withWorker(world, scene(engine, world));
});
