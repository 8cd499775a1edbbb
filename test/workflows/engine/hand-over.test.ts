import { defaultPayloadConverter } from '@temporalio/common';
import { failure } from '../../../src/contracts/failures';
import type { RunResult } from '../../../src/contracts/outcome';
import type { Process } from '../../../src/workflows/engine/run';
import { decideSignal } from '../../../src/workflows/messages';
import type { Handover } from '../../../src/workflows/engine/execution';
import { decideNext, decisionOn, viewOf, waiting } from '../../support/deciding';
import { executionsOf, newWorld, startEngine, untilIdle, type Engine, type World } from '../../support/engine-world';
import {
  chain,
  clockwork,
  family,
  fanOut,
  gated,
  guardian,
  impatient,
  interpreter,
  twins,
  unevenBranches,
  vigil,
} from '../../support/processes';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

/** Runs a process once for each limit of steps per execution, on one worker. */
async function withLimits<Input, Output>(
  process: Process<Input, Output>,
  input: Input,
  { limits, world = newWorld() }: { limits: readonly (number | undefined)[]; world?: World },
) {
  return engine.withWorker(world, async (taskQueue) => {
    const ends: { result: RunResult<Output>; asked: string[]; executions: number }[] = [];
    for (const limit of limits) {
      world.asked.length = 0;
      world.policies = limit === undefined ? {} : { stepsPerExecutionMax: limit };
      const handle = await engine.start(process, taskQueue, input);
      const result = await handle.result();
      const executions = (await executionsOf(handle)).length;
      ends.push({ result, asked: [...world.asked].sort(), executions });
    }
    return ends;
  });
}

describe('a run that is handed over', () => {
  it('comes to the same after any number of steps, and asks each question once in all', async () => {
    const input = { topics: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] };
    const [whole, ...parts] = await withLimits(chain, input, { limits: [undefined, 1, 2, 3, 4, 5, 6, 7, 8] });
    expect(whole).toMatchObject({ executions: 1, result: { outcome: 'completed', usage: { calls: 8 } } });
    for (const { result, asked } of parts) {
      expect(result).toEqual(whole?.result);
      expect(asked).toEqual(whole?.asked);
    }
    expect(parts.map(({ executions }) => executions)).toEqual([8, 4, 3, 2, 2, 2, 2, 1]);
  });

  it('comes to the same in the middle of a fan-out, a sleep and a tool', async () => {
    const input = { topics: ['a', 'b', 'c', 'd', 'e'], concurrencyMax: 2 };
    const limits = [undefined, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
    const [whole, ...parts] = await withLimits(fanOut, input, { limits });
    const texts = { outcome: 'completed', value: { texts: input.topics.map((topic) => `<value of ${topic}>`) } };
    for (const { result, asked } of parts) {
      expect(result).toMatchObject(texts);
      expect(result.usage).toEqual(whole?.result.usage);
      expect(asked).toEqual(whole?.asked);
    }
    expect(parts[0]?.executions).toBeGreaterThan(8);
  });

  it('keeps what its children left out, and what they spent', async () => {
    const input = { topics: ['a', 'b'] };
    const world = newWorld();
    world.agents['writer'] = ({ topic }: { topic: string }) =>
      topic === 'b' ? Promise.resolve({ text: 7 }) : Promise.resolve({ text: topic });
    world.agents['understudy'] = () => Promise.resolve({ text: 7 });
    const [whole, ...parts] = await withLimits(guardian, input, { limits: [undefined, 1, 2], world });
    expect(whole?.result).toMatchObject({
      outcome: 'completedPartially',
      leftOut: [{ what: 'b', why: 'ApprovalExpired' }],
    });
    for (const { result } of parts) expect(result).toEqual(whole?.result);
  });

  it('counts what its children spent', async () => {
    const input = { lists: [['a'], ['b', 'c'], ['d']] };
    const [whole, ...parts] = await withLimits(family, input, { limits: [undefined, 1, 2] });
    for (const { result } of parts) expect(result).toEqual(whole?.result);
  });

  it('asks neither agent nor reviewer again when it comes between the two', async () => {
    const world = newWorld();
    world.agents['writer'] = ({ topic }: { topic: string }, { feedback }) => {
      world.asked.push(['writer', ...feedback].join(' | '));
      return Promise.resolve({ text: `${topic}, draft ${feedback.length}` });
    };
    world.agents['critic'] = ({ output }: { output: { text: string } }) => {
      world.asked.push(`critic | ${output.text}`);
      const verdict = output.text.endsWith('1') ? { verdict: 'accept' } : { verdict: 'retry', feedback: 'Again.' };
      return Promise.resolve(verdict);
    };
    const limits = [undefined, 1, 2, 3];
    const [whole, ...parts] = await withLimits(gated, { topic: 't', agent: 'writer' }, { limits, world });
    expect(whole?.result).toEqual({
      outcome: 'completed',
      value: 't, draft 1',
      effects: [],
      usage: { tokens: 0, costMicroUsd: 0, calls: 4 },
    });
    expect(whole?.asked).toEqual(['critic | t, draft 0', 'critic | t, draft 1', 'writer', 'writer | Again.']);
    for (const { result, asked } of parts) {
      expect(result).toEqual(whole?.result);
      expect(asked).toEqual(whole?.asked);
    }
  });

  it('gives branches their answers in the order in which they first came', async () => {
    for (const limit of [3, 5, 7, 8]) {
      const world = newWorld();
      const others = deferred();
      const asked = new Set<string>();
      world.agents['writer'] = async ({ topic }: { topic: string }) => {
        asked.add(topic);
        if (asked.size === 3) others.resolve();
        if (topic === 'slow') await others.promise;
        return { text: topic };
      };
      const input = { topics: ['slow', 'b', 'c'] };
      const [end] = await withLimits(unevenBranches, input, { limits: [limit], world });
      expect(end?.result).toMatchObject({ outcome: 'completed', usage: { calls: 6 } });
      expect(end?.executions).toBeGreaterThan(1);
    }
  });

  it('lets the same answer win a race again', async () => {
    const world = newWorld();
    const isWon = deferred();
    world.agents['soloist'] = async ({ topic }: { topic: string }) => {
      if (topic !== 'fast') await isWon.promise;
      return { text: topic };
    };
    world.tools['lookUp'] = lookUpThat(() => {
      isWon.resolve();
      return Promise.resolve();
    });
    const [end] = await withLimits(impatient, { topics: ['slow', 'fast'] }, { limits: [3], world });
    expect(end).toMatchObject({ result: { outcome: 'completed', value: 'value of fast' }, executions: 2 });
  });

  it('takes two equal questions at once for two steps', async () => {
    const world = newWorld();
    const ends = await withLimits(twins, { topic: 't' }, { limits: [undefined, 1], world });
    for (const { result, asked } of ends) {
      expect(result).toMatchObject({ value: ['<t>', '<t>'], usage: { calls: 2 } });
      expect(asked).toEqual(['writer | t', 'writer | t']);
    }
  });

  it('asks for the same items of a map when one of them has failed and the process went on', async () => {
    const topics = ['t0', 'bad', 't2', 't3', 't4', 't5', 't6', 't7'];
    const map = { do: 'map', topics, concurrencyMax: 2 } as const;
    const parts = [
      { do: 'try', part: map },
      { do: 'write', about: 'x' },
      { do: 'write', about: 'y' },
    ] as const;
    const input = { program: { do: 'sequence', parts } } as const;
    const ends = [];
    for (const limit of [undefined, 12, 13, 14]) {
      const world = newWorld();
      const othersAreDone = deferred();
      world.tools['lookUp'] = lookUpThat(async (key) => {
        if (key.startsWith('bad')) await othersAreDone.promise;
        if (key.startsWith('t6')) othersAreDone.resolve();
      });
      ends.push(...(await withLimits(interpreter, input, { limits: [limit], world })));
    }
    const [whole, ...rest] = ends;
    expect(whole?.result).toMatchObject({
      outcome: 'completed',
      value: expect.stringMatching(/^DocumentUnreadable/) as string,
    });
    expect(rest.map(({ executions }) => executions)).toContain(2);
    for (const { result } of rest) expect(result).toEqual(whole?.result);
  });

  it('is not a loop because it often takes the time, an identifier or a pause', async () => {
    const ends = await withLimits(clockwork, { rounds: 60 }, { limits: [undefined, 50] });
    for (const { result } of ends) expect(result).toMatchObject({ outcome: 'completed', value: 60 });
  });
});

describe('what waits while a run is handed over', () => {
  const topics = ['a', 'b', 'c', 'd'];
  const vigilWith = async (work: (start: () => ReturnType<typeof startVigil>) => Promise<void>) => {
    const world = newWorld();
    world.policies = { stepsPerExecutionMax: 1 };
    await engine.withWorker(world, (taskQueue) => work(() => startVigil(taskQueue)));
  };
  const startVigil = (taskQueue: string) => engine.start(vigil, taskQueue, { topics });
  it('keeps its deadline and its wake-up time', async () => {
    await vigilWith(async (start) => {
      const handle = await start();
      await untilIdle(handle, 5);
      const view = await viewOf(handle);
      const approval = view.waiting[0]!;
      expect(approval.dueAt).toBe(view.steps.find(({ step }) => step === approval.step)!.askedAt + 48 * 3_600_000);
      const result = await handle.result();
      expect(result).toMatchObject({ outcome: 'rolledBack', failure: { type: 'ApprovalExpired' } });
      const sleep = (await viewOf(handle)).steps.find(({ kind }) => kind === 'sleep')!;
      const hoursSlept = (sleep.endedAt! - sleep.askedAt) / 3_600_000;
      expect(Math.round(hoursSlept * 10) / 10).toBe(30);
    });
  });

  it('is decided after the hand-over, and an edit is still held against its schema', async () => {
    await vigilWith(async (start) => {
      const handle = await start();
      await untilIdle(handle, 5);
      await expect(decideNext(handle, 'edit', { value: { text: '' } })).rejects.toThrow();
      await decideNext(handle, 'edit', { value: { text: 'the edited draft' } });
      const result = await handle.result();
      expect(result).toMatchObject({
        outcome: 'completed',
        value: { actor: 'ada', role: 'editor', text: 'the edited draft', texts: ['<a>', '<b>', '<c>', '<d>'] },
      });
    });
  });

  it('is decided by what arrives in the very moment of the hand-over, and an edit is held against its schema', async () => {
    const world = { ...newWorld(), policies: { stepsPerExecutionMax: 1 } };
    const { taskQueue, handover, shown } = await engine.withWorker(world, async (queue) => {
      const handle = await engine.start(vigil, queue, { topics });
      await untilIdle(handle, 5);
      const { events } = (await executionsOf(handle)).at(-1)!;
      const payloads = events![0]!.workflowExecutionStartedEventAttributes!.input!.payloads!;
      const shown = await waiting(handle);
      await handle.terminate();
      return { taskQueue: queue, shown, handover: defaultPayloadConverter.fromPayload<Handover>(payloads[1]!) };
    });
    const args: Parameters<typeof vigil> = [{ topics }, handover];
    const edit = (text: string) => decisionOn(shown, 'edit', { value: { text } });
    // Both runs begin handed over, and with a message that is older than their first workflow task.
    const signalled = await engine.client.workflow.signalWithStart(vigil, {
      ...{ taskQueue, workflowId: 'signalled', args, signal: decideSignal, signalArgs: [edit('the edited draft')] },
    });
    const unfit = await engine.client.workflow.signalWithStart(vigil, {
      ...{ taskQueue, workflowId: 'unfit', args, signal: decideSignal, signalArgs: [edit('')] },
    });
    await engine.withWorkerOn(taskQueue, world, async () => {
      expect(await signalled.result()).toMatchObject({ outcome: 'completed', value: { text: 'the edited draft' } });
      expect(await unfit.result()).toMatchObject({ failure: { type: 'ApprovalExpired' } });
    });
  });

  it('is decided after it escalated to a person before the hand-over', async () => {
    const world = newWorld();
    world.policies = { stepsPerExecutionMax: 1 };
    world.agents['soloist'] = () => Promise.reject(failure('StepFailed', 'The soloist is ill.'));
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(gated, taskQueue, { topic: 'tides', agent: 'soloist' });
      await untilIdle(handle, 2);
      expect(await waiting(handle)).toMatchObject({ step: 'soloistEscalation-1', role: 'editor' });
      await decideNext(handle, 'edit', { value: { text: 'nothing about it' } });
      await untilIdle(handle, 3);
      expect(await waiting(handle)).toMatchObject({
        step: 'soloistEscalation-2',
        subject: { output: { text: 'nothing about it' }, feedback: 'Mention tides.' },
      });
      await decideNext(handle, 'edit', { value: { text: 'all about tides' } });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'all about tides' });
      expect(await executionsOf(handle)).toHaveLength(3);
    });
  });
});

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

function lookUpThat(does: (key: string) => Promise<void>): World['tools'][string] {
  const lookUp = newWorld().tools['lookUp']!;
  const execute: typeof lookUp.execute = async (input, context) => {
    await does((input as { key: string }).key);
    return lookUp.execute(input, context);
  };
  return { ...lookUp, execute };
}
