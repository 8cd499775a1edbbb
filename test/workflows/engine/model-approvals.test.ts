import { fingerprint } from '../../../src/workflows/engine/fingerprint';
import { decideNext, viewOf, waiting } from '../../support/deciding';
import { startEngine, untilIdle, type Engine, type RunHandle } from '../../support/engine-world';
import { askedOf, draft, modelWorlds, toolCalls, type ModelWorld } from '../../support/model-world';
import { desk, office } from '../../support/processes';

let engine: Engine;
const worldOf = modelWorlds();

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

function run(world: ModelWorld, work: (handle: RunHandle<never, string>) => Promise<void>) {
  return engine.withWorker(world, async (taskQueue) => {
    await work(await engine.start(desk, taskQueue, { topic: 'tides' }));
  });
}

const finished = { outcome: 'completed', value: 'On tides.' };
const announced = (world: ModelWorld) => world.log.filter((line) => line.startsWith('announce'));
const lastTold = (world: ModelWorld) => askedOf(world).at(-1)!.messages.at(-1)!.content;

describe('a tool that somebody must approve', () => {
  it('is not called when they refuse, and the model is told why', async () => {
    const world = await worldOf({ small: [toolCalls(['c1', 'announce', { item: 'x' }]), draft('On tides.')] });
    await run(world, async (handle) => {
      const asked = await waiting(handle);
      await untilIdle(handle);
      expect(announced(world)).toEqual([]);
      expect(asked).toMatchObject({ step: 'announceApproval-1', role: 'speaker' });
      expect(asked.offers).toEqual(['approve', 'reject', 'reassign']);
      await decideNext(handle, 'reject', { comment: 'Not yet.' });
      expect(await handle.result()).toMatchObject(finished);
    });
    expect(announced(world)).toEqual([]);
    expect(lastTold(world)).toBe('announce failed: ada rejected announceApproval-1: Not yet.');
  });

  it('is not called when nobody decides in time', async () => {
    const world = await worldOf({ small: [toolCalls(['c1', 'announce', { item: 'x' }]), draft('On tides.')] });
    await run(world, async (handle) => {
      expect(await handle.result()).toMatchObject(finished);
    });
    expect(announced(world)).toEqual([]);
    expect(lastTold(world)).toMatch(/^announce failed: speaker did not decide/);
  });

  it('is asked about for exactly one call with exactly its arguments: others must be approved anew', async () => {
    const world = await worldOf({
      small: [
        toolCalls(['c1', 'announce', { item: 'x' }]),
        toolCalls(['c2', 'announce', { item: 'y' }]),
        toolCalls(['c3', 'announce', { item: 'x' }]),
        draft('On tides.'),
      ],
    });
    await run(world, async (handle) => {
      for (const [step, call, item] of [
        ['announceApproval-1', 'c1', 'x'],
        ['announceApproval-2', 'c2', 'y'],
        ['announceApproval-3', 'c3', 'x'],
      ]) {
        const { subject } = await waiting(handle, (shown) => shown.step === step);
        expect(subject).toMatchObject({ call, arguments: { item }, argumentsHash: fingerprint({ item }) });
        await decideNext(handle, call === 'c1' ? 'approve' : 'reject', { comment: 'As said.' });
      }
      expect(await handle.result()).toMatchObject(finished);
    });
    expect(announced(world)).toEqual(['announce x']);
  });

  it('is not called by one approval for another model’s call under the same id', async () => {
    const announce = toolCalls(['c1', 'announce', { item: 'x' }]);
    const world = await worldOf({
      small: [announce, { error: { status: 429, code: 'insufficient_quota' } }],
      large: [announce, draft('On tides.')],
    });
    await run(world, async (handle) => {
      await decideNext(handle, 'reject', { comment: 'Not yet.' });
      await waiting(handle, ({ step }) => step === 'announceApproval-2');
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject(finished);
    });
    expect(announced(world)).toEqual(['announce x']);
  });

  it('is not called by one approval when its model asks the same under the same id in another turn', async () => {
    const announce = toolCalls(['c1', 'announce', { item: 'x' }]);
    const world = await worldOf({ small: [announce, announce, draft('On tides.')] });
    await run(world, async (handle) => {
      await decideNext(handle, 'approve');
      await waiting(handle, ({ step }) => step === 'announceApproval-2');
      await decideNext(handle, 'reject', { comment: 'Once is enough.' });
      expect(await handle.result()).toMatchObject(finished);
    });
    expect(announced(world)).toEqual(['announce x']);
  });

  it('is no longer asked about when a person rejects the agent’s work over another of its calls', async () => {
    const world = await worldOf({
      small: [toolCalls(['c1', 'announce', { item: 'x' }], ['c2', 'announce', { item: 'y' }]), draft('On tides.')],
    });
    await engine.withWorker(world, async (taskQueue) => {
      const handle = (await engine.start(office, taskQueue, { topic: 'tides' })) as RunHandle<never, string>;
      await waiting(handle, ({ step }) => step === 'announceApproval-2');
      await decideNext(handle, 'reject', { comment: 'Start over.', blame: 'clerk-1' });
      await waiting(handle, ({ step }) => step === 'editorSignOff-1');
      const { steps } = await viewOf(handle);
      expect(steps.find(({ step }) => step === 'announceApproval-2')).toMatchObject({
        failure: { type: 'ApprovalWithdrawn' },
        struck: { why: 'stale' },
      });
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject(finished);
    });
    expect(announced(world)).toEqual([]);
  });

  it('is called once when they approve, and the model is told what came of it', async () => {
    const world = await worldOf({ small: [toolCalls(['c1', 'announce', { item: 'x' }]), draft('On tides.')] });
    await run(world, async (handle) => {
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject(finished);
    });
    expect(announced(world)).toEqual(['announce x']);
    expect(lastTold(world)).toBe('{"booking":"x"}');
  });
});
