import { failure } from '../../../src/contracts/failures';
import type { Verdict } from '../../../src/contracts/verdict';
import { decideNext, viewOf, waiting } from '../../support/deciding';
import { newWorld, startEngine, type Engine, type World } from '../../support/engine-world';
import { gated, twins } from '../../support/processes';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

type Agent = 'writer' | 'understudy' | 'soloist';

/** A world whose agents write these texts in turn, the last one again and again. */
function worldOf(texts: Partial<Record<Agent, readonly unknown[]>>): World {
  const world = newWorld();
  for (const [name, given] of Object.entries(texts)) {
    let calls = 0;
    world.agents[name] = (_input: never, { feedback }) => {
      world.asked.push([name, ...feedback].join(' | '));
      const text = given[Math.min(calls++, given.length - 1)];
      return text instanceof Error ? Promise.reject(text) : Promise.resolve({ text });
    };
  }
  return world;
}

const criticOf = (verdicts: readonly Verdict[], seen: unknown[] = []) => {
  let calls = 0;
  return (input: never) => {
    seen.push(input);
    return Promise.resolve(verdicts[Math.min(calls++, verdicts.length - 1)]);
  };
};
const start = (taskQueue: string, agent: 'writer' | 'soloist' = 'writer') =>
  engine.start(gated, taskQueue, { topic: 'tides', agent });
const execute = (world: World, agent?: 'writer' | 'soloist') =>
  engine.withWorker(world, async (taskQueue) => {
    const handle = await start(taskQueue, agent);
    return { result: await handle.result(), view: await viewOf(handle) };
  });
const failing = (message: string) => failure('StepFailed', message);

describe('an output', () => {
  it('goes back with the exact errors when it does not fit its schema', async () => {
    const world = worldOf({ writer: [7, 'tides'] });
    const { result } = await execute(world);
    expect(result).toMatchObject({ outcome: 'completed', value: 'tides' });
    expect(world.asked).toEqual([
      'writer',
      expect.stringMatching(/^writer \| .*does not fit its schema: text: .*string/) as string,
    ]);
  });

  it('goes back with the feedback of a rule', async () => {
    const world = worldOf({ writer: ['the sea', 'tides'] });
    expect((await execute(world)).result).toMatchObject({ outcome: 'completed', value: 'tides' });
    expect(world.asked).toEqual(['writer', 'writer | Mention tides.']);
  });

  it('goes back with the feedback of a function', async () => {
    const world = worldOf({ writer: ['tides!', 'tides'] });
    expect((await execute(world)).result).toMatchObject({ outcome: 'completed', value: 'tides' });
    expect(world.asked).toEqual(['writer', 'writer | Write calmly.']);
  });

  it('goes back with the feedback of a reviewer, who saw the objective, the input and the output', async () => {
    const seen: unknown[] = [];
    const world = worldOf({ writer: ['tides', 'tides, at length'] });
    world.agents['critic'] = criticOf([{ verdict: 'retry', feedback: 'Longer.' }, { verdict: 'accept' }], seen);
    expect((await execute(world)).result).toMatchObject({ outcome: 'completed', value: 'tides, at length' });
    expect(world.asked).toEqual(['writer', 'writer | Longer.']);
    expect(seen[0]).toEqual({
      objective: 'Write about a topic.',
      input: { topic: 'tides' },
      output: { text: 'tides' },
    });
  });

  it('meets its gates cheapest first: the reviewer sees nothing that the others sent back', async () => {
    const seen: { output: { text: string } }[] = [];
    const world = worldOf({ writer: ['the sea!', 'tides!', 'tides'], understudy: ['tides'] });
    world.agents['critic'] = criticOf([{ verdict: 'accept' }], seen);
    expect((await execute(world)).result).toMatchObject({ outcome: 'completed', value: 'tides' });
    expect(world.asked).toEqual(['writer', 'writer | Mention tides.', 'understudy | Mention tides. | Write calmly.']);
    expect(seen.map(({ output }) => output.text)).toEqual(['tides']);
  });

  it('is asked of the reviewer once, however often the agent repeats it', async () => {
    const seen: unknown[] = [];
    const world = worldOf({ writer: ['tides'], understudy: ['tides and time'] });
    world.agents['critic'] = criticOf([{ verdict: 'retry', feedback: 'No.' }, { verdict: 'accept' }], seen);
    expect((await execute(world)).result).toMatchObject({ outcome: 'completed', value: 'tides and time' });
    expect(world.asked).toHaveLength(3);
    expect(seen).toHaveLength(2);
  });

  it('is written anew, with the feedback, when a reviewer rejects it', async () => {
    const world = worldOf({ writer: ['tides', 'tides and time'] });
    world.agents['critic'] = criticOf([{ verdict: 'reject', feedback: 'Untrue.' }, { verdict: 'accept' }]);
    const { result, view } = await execute(world);
    expect(result).toMatchObject({ outcome: 'completed', value: 'tides and time' });
    expect(world.asked).toEqual(['writer', expect.stringMatching(/^writer \| .*Untrue\.$/)]);
    expect(view.steps.map(({ step, within, struck }) => [step, within, struck?.why])).toEqual([
      ['writer-1', undefined, 'blamed'],
      ['critic-1', 'writer-1', 'stale'],
      ['writer-2', undefined, undefined],
      ['critic-2', 'writer-2', undefined],
    ]);
  });

  it('blames itself when a reviewer blames a step that there is not', async () => {
    const world = worldOf({ writer: ['tides', 'tides and time'] });
    world.agents['critic'] = criticOf([
      { verdict: 'reject', feedback: 'Untrue.', blame: 'lookUp-1' },
      { verdict: 'accept' },
    ]);
    expect((await execute(world)).result).toMatchObject({ outcome: 'completed', value: 'tides and time' });
  });

  it('goes to a person when it was rejected and comes again', async () => {
    const world = worldOf({ writer: ['tides'] });
    world.agents['critic'] = criticOf([{ verdict: 'reject', feedback: 'Untrue.' }, { verdict: 'accept' }]);
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await start(taskQueue);
      const { subject } = await decideNext(handle, 'approve');
      expect(subject).toMatchObject({
        output: { text: 'tides' },
        feedback: expect.stringMatching(/came again/) as string,
      });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'tides' });
    });
    expect(world.asked).toHaveLength(2);
  });

  it('goes to a person at once when a reviewer escalates, with the reason', async () => {
    const world = worldOf({ writer: ['tides'] });
    world.agents['critic'] = criticOf([{ verdict: 'escalate', feedback: 'I cannot tell.' }, { verdict: 'accept' }]);
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await start(taskQueue);
      expect(await waiting(handle)).toMatchObject({
        step: 'writerEscalation-1',
        role: 'editor',
        subject: { output: { text: 'tides' }, feedback: 'I cannot tell.', step: 'writer-1' },
      });
      await decideNext(handle, 'edit', { value: { text: 'tides, told by a person' } });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'tides, told by a person' });
    });
  });
});

describe('an agent that finds no passing output', () => {
  it('gives way to its next model, then its fallback, then a person', async () => {
    const world = worldOf({ writer: ['the sea'], understudy: ['the coast'], soloist: ['the shore'] });
    await engine.withWorker(world, async (taskQueue) => {
      const [writer, soloist] = [await start(taskQueue), await start(taskQueue, 'soloist')];
      await Promise.all([waiting(writer), waiting(soloist)]);
      const tried = async (handle: typeof writer) => (await viewOf(handle)).steps[0]?.attempts.map(({ by }) => by);
      expect(await tried(writer)).toEqual(['writer/code', 'writer/code', 'understudy/code']);
      // This worker has no such model: it is asked once.
      expect(await tried(soloist)).toEqual(['soloist/code', 'soloist/code', 'soloist/code-2']);
      await Promise.all([writer.terminate(), soloist.terminate()]);
    });
  });

  it('is not called again when its call failed for good', async () => {
    const world = worldOf({ writer: [failing('The writer is out.')], understudy: ['tides'] });
    expect((await execute(world)).result).toMatchObject({ outcome: 'completed', usage: { calls: 3 } });
    expect(world.asked).toEqual(['writer', 'understudy | The writer is out.']);
  });

  it('is called again, four times at most, when its call failed for a reason that may pass', async () => {
    const world = worldOf({ writer: [new Error('once'), 'tides'], understudy: ['tides'] });
    expect((await execute(world)).result).toMatchObject({ outcome: 'completed' });
    expect(world.asked).toEqual(['writer', 'writer']);
    const lost = worldOf({ writer: [new Error('again')], understudy: ['tides'] });
    expect((await execute(lost)).result).toMatchObject({ outcome: 'completed' });
    expect(lost.asked).toEqual([
      ...Array<string>(4).fill('writer'),
      expect.stringMatching(/^understudy \| .*again/) as string,
    ]);
  });

  it('fails when five outputs of a person do not pass either', async () => {
    const world = worldOf({ writer: ['the sea'], understudy: ['the sea'] });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await start(taskQueue);
      for (let round = 0; round < 5; round += 1) await decideNext(handle, 'edit', { value: { text: `sea ${round}` } });
      expect(await handle.result()).toMatchObject({ outcome: 'rolledBack', failure: { type: 'StepFailed' } });
    });
  });

  it('does not hide that nobody decided for its reviewer', async () => {
    const world = worldOf({ writer: ['tides'], understudy: ['tides'] });
    world.agents['critic'] = () => Promise.reject(failing('The critic is ill.'));
    const { result } = await execute(world);
    expect(result).toMatchObject({
      outcome: 'rolledBack',
      failure: { type: 'ApprovalExpired', details: { step: 'criticEscalation-1' } },
    });
    expect(world.asked).toEqual(['writer']);
  });
});

describe('a person who is asked for an output', () => {
  const stuck = () => worldOf({ writer: ['the sea'], understudy: ['the tides!'] });
  const withStuck = (work: (handle: Awaited<ReturnType<typeof start>>, world: World) => Promise<void>) => {
    const world = stuck();
    return engine.withWorker(world, async (taskQueue) => work(await start(taskQueue), world));
  };

  it('may reject, which ends the run rejected', async () => {
    await withStuck(async (handle) => {
      await decideNext(handle, 'reject', { comment: 'Not worth it.' });
      expect(await handle.result()).toMatchObject({
        outcome: 'rejected',
        failure: { type: 'Rejected', details: { actor: 'ada', blame: null } },
      });
    });
  });

  it('is asked again when what was supplied fails the rule or the schema, and is told why', async () => {
    await withStuck(async (handle) => {
      await decideNext(handle, 'edit', { value: { text: 'the ocean' } });
      const isNext = (step: string) => (shown: { step: string }) => shown.step === step;
      expect((await waiting(handle, isNext('writerEscalation-2'))).subject).toMatchObject({
        feedback: 'Mention tides.',
      });
      await decideNext(handle, 'edit', { value: { words: 3 } });
      expect((await waiting(handle, isNext('writerEscalation-3'))).subject).toMatchObject({
        feedback: expect.stringMatching(/does not fit its schema: text/) as string,
      });
      await decideNext(handle, 'edit', { value: { text: 'tides' } });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'tides' });
    });
  });

  it('cannot approve when there is no output', async () => {
    const world = worldOf({ writer: [failing('ill')], understudy: [failing('ill too')] });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await start(taskQueue);
      const { offers, subject } = await waiting(handle);
      expect(offers).toEqual(['edit', 'reject', 'retry', 'reassign']);
      expect(subject).toMatchObject({ output: null, feedback: 'ill too' });
      await handle.terminate();
    });
  });

  it('may approve the last output once it passes, and is held to the gates like anyone', async () => {
    const world = worldOf({ writer: ['tides'] });
    world.agents['critic'] = criticOf([{ verdict: 'escalate', feedback: 'Is it?' }]);
    await engine.withWorker(world, async (taskQueue) => {
      const handle = await start(taskQueue);
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'tides' });
    });
  });

  it('may send feedback, and the agent starts over with all of it', async () => {
    await withStuck(async (handle, world) => {
      await waiting(handle);
      world.asked.length = 0;
      world.agents['writer'] = (_input: never, { feedback }) => {
        world.asked.push(['writer', ...feedback].join(' | '));
        return Promise.resolve({ text: 'tides' });
      };
      await decideNext(handle, 'retry', { comment: 'Look at the moon.' });
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: 'tides' });
      expect(world.asked).toEqual(['writer | Mention tides. | Mention tides. | Write calmly. | Look at the moon.']);
    });
  });
});

describe('two equal questions at once', () => {
  it('are two steps, each with an answer of its own', async () => {
    const world = worldOf({ writer: ['one', 'two'] });
    const { result, view } = await engine.withWorker(world, async (taskQueue) => {
      const handle = await engine.start(twins, taskQueue, { topic: 't' });
      return { result: await handle.result(), view: await viewOf(handle) };
    });
    expect(result).toMatchObject({ outcome: 'completed', usage: { calls: 2 } });
    expect('value' in result ? [...result.value].sort() : []).toEqual(['one', 'two']);
    expect(view.steps.map(({ step }) => step)).toEqual(['writer-1', 'writer-2']);
  });
});
