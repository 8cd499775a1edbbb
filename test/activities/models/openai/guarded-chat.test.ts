import type { Chat } from '../../../../src/activities/models/chat';
import { guardedChat } from '../../../../src/activities/models/openai/guarded-chat';
import { modelBreaker } from '../../../../src/activities/models/openai/model-breaker';
import type { Failure } from '../../../../src/contracts/failures';
import type { ModelScript } from '../../../support/model-server';
import { serveReplies } from '../../../model-server/serving';
import { asked, chatWith, failureOf } from './asking';

const startMs = Date.parse('2026-01-01T00:00:00Z');
const halfOpenAfterMs = 30_000;
type Reply = ModelScript['rules'][number]['replies'][number];
const down: Reply = { error: { status: 503 } };
const up: Reply = { content: { due: 'in May' } };

beforeEach(() => {
  jest.useFakeTimers({ now: startMs, doNotFake: everythingBut('Date') });
});
afterEach(() => {
  jest.useRealTimers();
});

/** A guarded model whose circuit opens after three failures. */
async function guarded(...replies: [Reply, ...Reply[]]) {
  const server = await serveReplies(...replies);
  const breaker = modelBreaker({ model: 'small', failuresMax: 3, halfOpenAfterMs });
  const chat = chatWith(server);
  return {
    server,
    alone: guardedChat(chat, breaker, { hasAlternative: false }),
    replaceable: guardedChat(chat, breaker, { hasAlternative: true }),
  };
}

/** Calls so often, one call after the other, each to fail. */
async function failuresOf(chat: Chat, calls: number): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  while (failures.length < calls) failures.push(await failureOf(chat(asked())));
  return failures;
}

describe('a circuit', () => {
  it('opens after a few failures, and sends on whoever has an alternative at once', async () => {
    const { server, replaceable } = await guarded(down);
    const failures = await failuresOf(replaceable, 3);
    for (const failed of failures) expect(failed).toMatchObject({ type: 'ModelUnavailable', details: { status: 503 } });
    expect(await failureOf(replaceable(asked()))).toMatchObject({
      type: 'ModelUnusable',
      details: { reason: 'circuitOpen', opensAgainAt: startMs + halfOpenAfterMs },
    });
    expect(server.requests).toHaveLength(3);
  });

  it('has whoever has no alternative come again when it lets a call through', async () => {
    const { server, alone } = await guarded(down);
    await failuresOf(alone, 3);
    jest.setSystemTime(startMs + 10_000);
    expect(await failureOf(alone(asked()))).toMatchObject({
      type: 'ModelUnavailable',
      details: { reason: 'circuitOpen', retryAfterMs: 20_000 },
    });
    expect(server.requests).toHaveLength(3);
  });

  it('opens for a model that cannot be used, too', async () => {
    const { server, replaceable } = await guarded({ error: { status: 401 } });
    const failures = await failuresOf(replaceable, 4);
    expect(failures.map(({ type }) => type)).toEqual(Array.from({ length: 4 }, () => 'ModelUnusable'));
    expect(server.requests).toHaveLength(3);
  });

  it('closes when a trial succeeds', async () => {
    const { server, alone } = await guarded(down, down, down, up);
    await failuresOf(alone, 3);
    jest.setSystemTime(startMs + halfOpenAfterMs);
    await expect(alone(asked())).resolves.toMatchObject({ requests: [] });
    await expect(alone(asked())).resolves.toMatchObject({ requests: [] });
    expect(server.requests).toHaveLength(5);
  });

  it('opens again when a trial fails, after that one request', async () => {
    const { server, replaceable } = await guarded(down);
    await failuresOf(replaceable, 3);
    jest.setSystemTime(startMs + halfOpenAfterMs);
    expect(await failureOf(replaceable(asked()))).toMatchObject({ type: 'ModelUnavailable' });
    expect(await failureOf(replaceable(asked()))).toMatchObject({
      type: 'ModelUnusable',
      details: { opensAgainAt: startMs + 2 * halfOpenAfterMs },
    });
    expect(server.requests).toHaveLength(4);
  });

  it('lets one call try, and none beside it', async () => {
    const { server, replaceable } = await guarded(down, down, down, up);
    await failuresOf(replaceable, 3);
    jest.setSystemTime(startMs + halfOpenAfterMs);
    const [trial, beside] = await Promise.allSettled([replaceable(asked()), replaceable(asked())]);
    expect(trial.status).toBe('fulfilled');
    expect(beside).toMatchObject({ status: 'rejected', reason: { type: 'ModelUnusable' } });
    expect(server.requests).toHaveLength(4);
  });

  it('stays open when the trial is cancelled', async () => {
    const { server, replaceable } = await guarded(down);
    await failuresOf(replaceable, 3);
    jest.setSystemTime(startMs + halfOpenAfterMs);
    const why = new Error('cancelled');
    await expect(replaceable(asked({ signal: AbortSignal.abort(why) }))).rejects.toBe(why);
    expect(await failureOf(replaceable(asked()))).toMatchObject({ type: 'ModelUnusable' });
    expect(server.requests).toHaveLength(3);
  });

  it.each<[string, Reply]>([
    ['busy', { error: { status: 429 } }],
    ['asked wrongly', { error: { status: 400 } }],
    ['refusing', { refusal: 'no' }],
  ])('does not open for a model that is %s', async (_, reply) => {
    const { server, replaceable } = await guarded(reply);
    await failuresOf(replaceable, 5);
    expect(server.requests).toHaveLength(5);
  });

  it('counts failures only where they follow each other', async () => {
    const { server, replaceable } = await guarded(down, down, up, down, down, up);
    for (let calls = 1; calls <= 6; calls += 1) await replaceable(asked()).catch(() => undefined);
    expect(server.requests).toHaveLength(6);
    await expect(replaceable(asked())).resolves.toMatchObject({ requests: [] });
  });
});

function everythingBut(kept: 'Date') {
  const all = [
    ...(['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'requestAnimationFrame'] as const),
    ...([
      'cancelAnimationFrame',
      'requestIdleCallback',
      'cancelIdleCallback',
      'setImmediate',
      'clearImmediate',
    ] as const),
    ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
  ];
  return all.filter((name) => name !== kept);
}
