import { createHash } from 'node:crypto';
import { inputsOf } from '../../../src/client/recorded';
import { decideNext } from '../../support/deciding';
import { executionsOf, startEngine, type Engine, type RunHandle } from '../../support/engine-world';
import { relay } from '../../support/processes';
import { relayWorld } from '../../support/relay-world';
import { citedDigits } from '../../../src/contracts/citation';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

const text = 'What the contract says. '.repeat(20);
const beside = { much: 'else' };
const sha256 = createHash('sha256').update(text).digest('hex').slice(0, citedDigits);

/** The arguments of a run's calls, and their answers, as its history has them. */
async function recordedOf(handle: RunHandle<never, string>) {
  const [history] = await executionsOf(handle);
  const payloads = (history?.events ?? []).flatMap(
    ({ activityTaskScheduledEventAttributes: asked, activityTaskCompletedEventAttributes: answered }) => [
      ...(asked?.input?.payloads ?? []),
      ...(answered?.result?.payloads ?? []),
    ],
  );
  return payloads.map(({ data }) => Buffer.from(data ?? []).toString());
}

/** Runs the relay on one worker. */
function relayed(world: ReturnType<typeof relayWorld>, input: { key: string; beside: unknown }) {
  return engine.withWorker(world, async (taskQueue) => {
    const handle = await engine.start(relay, taskQueue, input);
    await decideNext(handle, 'approve');
    const result = await handle.result();
    return { handle, result, recorded: await recordedOf(handle) };
  });
}

describe('a long text that a call has answered with', () => {
  it('is given to a later call, and stands in the history once', async () => {
    const world = relayWorld(text);
    const { result, recorded } = await relayed(world, { key: 'contract', beside });
    expect(result).toMatchObject({ outcome: 'completed', value: 'noted' });
    expect(world.keys).toEqual(['contract', { value: text, beside }]);
    expect(recorded.filter((payload) => payload.includes(text))).toHaveLength(1);
    expect(recorded).toContainEqual(expect.stringContaining(JSON.stringify({ $cites: 'lookUp-1', sha256 })));
  });

  it('is part of the input that is shown to people', async () => {
    const { handle } = await relayed(relayWorld(text), { key: 'contract', beside });
    const { inputs } = await inputsOf(engine.client, handle.workflowId);
    expect(inputs.get('lookUp-2')).toEqual({ key: { value: text, beside } });
  });

  it('is said again where something else looks like a citation, which is then taken for what it is', async () => {
    const forged = { $cites: 'lookUp-1', sha256 };
    const world = relayWorld(text);
    const { recorded } = await relayed(world, { key: 'contract', beside: forged });
    expect(world.keys[1]).toEqual({ value: text, beside: forged });
    expect(recorded.filter((payload) => payload.includes(text))).toHaveLength(2);
  });

  it('is said again when it is short', async () => {
    const world = relayWorld('short');
    const { recorded } = await relayed(world, { key: 'contract', beside });
    expect(world.keys[1]).toEqual({ value: 'short', beside });
    expect(recorded.join()).not.toContain('$cites');
  });
});
