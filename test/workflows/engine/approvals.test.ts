import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Notice } from '../../../src/contracts/activities';
import { decideSignal, decideUpdate } from '../../../src/workflows/messages';
import { decideNext, decisionOn, unfitDecisions, viewOf, waiting } from '../../support/deciding';
import { newWorld, startEngine, until, untilIdle, type Engine } from '../../support/engine-world';
import { signOff } from '../../support/processes';

let engine: Engine;
let webhook: Server;
const notices: Notice[] = [];

beforeAll(async () => {
  engine = await startEngine();
  webhook = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      notices.push(JSON.parse(body) as Notice);
      response.end();
    });
  });
  await new Promise<void>((listening) => webhook.listen(0, '127.0.0.1', listening));
});

afterAll(async () => {
  await engine.stop();
  await new Promise((closed) => webhook.close(closed));
});

const hourMs = 3_600_000;
const start = (taskQueue: string, canEdit = true) => engine.start(signOff, taskQueue, { topic: 't', canEdit });
type Handle = Awaited<ReturnType<typeof start>>;

/** Starts a sign-off, and works on it once it waits. */
function withSignOff<Result>(work: (handle: Handle) => Promise<Result>, canEdit = true): Promise<Result> {
  notices.length = 0;
  const world = { ...newWorld(), notifyUrl: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/` };
  return engine.withWorker(world, async (taskQueue) => {
    const handle = await start(taskQueue, canEdit);
    await waiting(handle);
    await untilIdle(handle);
    return work(handle);
  });
}

const noticesOf = (handle: Handle) =>
  notices.filter(({ runId }) => runId === handle.workflowId).map(({ reason, role }) => `${reason} ${role}`);

describe('an approval that nobody decides', () => {
  it('reminds, escalates with the same time again, reminds, and expires', async () => {
    await withSignOff(async (handle) => {
      const { dueAt } = await waiting(handle);
      expect(await handle.result()).toMatchObject({
        outcome: 'rolledBack',
        failure: {
          type: 'ApprovalExpired',
          message: expect.stringContaining('chiefEditor') as string,
          details: { step: 'editorSignOff-1' },
        },
      });
      const step = (await viewOf(handle)).steps.find(({ kind }) => kind === 'approval')!;
      expect(dueAt - step.askedAt).toBe(48 * hourMs);
      expect(Math.round((step.endedAt! - step.askedAt) / hourMs)).toBe(96);
      expect(noticesOf(handle)).toEqual([
        ...['asked editor', 'reminder editor', 'reminder editor'],
        ...['escalated chiefEditor', 'reminder chiefEditor', 'reminder chiefEditor'],
      ]);
    });
  });

  it('is decided by the role it escalated to', async () => {
    await withSignOff(async (handle) => {
      await engine.environment.sleep(49 * hourMs);
      const shown = await waiting(handle, ({ escalated }) => escalated);
      expect(shown).toMatchObject({ role: 'chiefEditor', offers: ['approve', 'edit', 'reject', 'reassign'] });
      await decideNext(handle, 'approve');
      expect(await handle.result()).toMatchObject({
        outcome: 'completed',
        value: { role: 'chiefEditor', actor: 'ada' },
      });
    });
  });

  it('keeps its deadline when it is reassigned, and the new role is told', async () => {
    await withSignOff(async (handle) => {
      const before = await waiting(handle);
      await decideNext(handle, 'reassign', { role: 'deputyEditor' });
      const after = await waiting(handle, ({ role }) => role === 'deputyEditor');
      expect(after).toMatchObject({ dueAt: before.dueAt, shown: before.shown });
      await until(
        () => Promise.resolve(noticesOf(handle)),
        (sent) => sent.includes('reassigned deputyEditor'),
      );
      await decideNext(handle, 'edit', { value: { text: 'by the deputy' } });
      expect(await handle.result()).toMatchObject({
        value: { role: 'deputyEditor', text: 'by the deputy', decision: 'edit' },
      });
    });
  });
});

describe('an approval', () => {
  it('that is rejected, expired or withdrawn says which', async () => {
    const failureOf = async (handle: Handle) => {
      const step = (await viewOf(handle)).steps.find(({ kind }) => kind === 'approval');
      return step?.failure?.type;
    };
    await withSignOff(async (handle) => {
      await decideNext(handle, 'reject', { comment: 'Too long.' });
      expect(await handle.result()).toMatchObject({
        outcome: 'rejected',
        failure: {
          message: expect.stringContaining('Too long.') as string,
          details: { actor: 'ada', blame: null },
        },
      });
      expect(await failureOf(handle)).toBe('Rejected');
    });
    await withSignOff(async (handle) => {
      await handle.result();
      expect(await failureOf(handle)).toBe('ApprovalExpired');
    });
    await withSignOff(async (handle) => {
      await handle.cancel();
      expect(await handle.result()).toMatchObject({ outcome: 'rolledBack', failure: { type: 'Cancelled' } });
      expect(await failureOf(handle)).toBe('ApprovalWithdrawn');
    });
  });

  it('that is approved gives what was shown', async () => {
    await withSignOff(async (handle) => {
      await decideNext(handle, 'approve', { comment: 'Fine.' });
      expect(await handle.result()).toMatchObject({
        outcome: 'completed',
        value: { text: '<t>', actor: 'ada', role: 'editor', decision: 'approve' },
      });
    });
  });
});

describe('a decision', () => {
  it.each(unfitDecisions)('that %s is refused by Signal, too, and listed', async (_what, make, reason) => {
    await withSignOff(async (handle) => {
      const shown = await waiting(handle);
      await handle.signal(decideSignal, make(shown) as never);
      const { refused } = await until(
        () => viewOf(handle),
        (view) => view.refused.length > 0,
      );
      expect(refused).toEqual([expect.stringMatching(reason) as string]);
      expect(await waiting(handle)).toEqual(shown);
      await handle.terminate();
    });
  });

  it('that edits where no edit is offered is refused', async () => {
    await withSignOff(async (handle) => {
      const sent = decideNext(handle, 'edit', { value: { text: 'mine' } });
      await expect(sent).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/offers approve, reject, reassign, not edit/) as string },
      });
      await handle.terminate();
    }, false);
  });

  it('by Signal is taken like any other', async () => {
    await withSignOff(async (handle) => {
      await handle.signal(decideSignal, decisionOn(await waiting(handle), 'edit', { value: { text: 'edited' } }));
      expect(await handle.result()).toMatchObject({
        outcome: 'completed',
        value: { text: 'edited', decision: 'edit' },
      });
    });
  });

  it('is taken once: of two at the same time one wins, and the other learns who decided', async () => {
    await withSignOff(async (handle) => {
      const shown = await waiting(handle);
      const both = await Promise.allSettled(
        ['ada', 'ben'].map((actor) =>
          handle.executeUpdate(decideUpdate, { args: [decisionOn(shown, 'approve', { actor })] }),
        ),
      );
      const taken = both.filter(({ status }) => status === 'fulfilled');
      expect(taken).toHaveLength(1);
      const result = await handle.result();
      const winner = result.outcome === 'completed' ? result.value.actor : undefined;
      expect(taken[0]).toMatchObject({ value: { step: 'editorSignOff-1', decision: 'approve', actor: winner } });
    });
  });
});
