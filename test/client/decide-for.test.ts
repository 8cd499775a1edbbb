import { askDecision, decideAsDemo } from '../../src/client/decide-for';
import type { Session } from '../../src/client/session';
import type { DecisionKind } from '../../src/contracts/decision';
import { runView, waitingView } from './views';

async function decidedByDemo(offers: readonly DecisionKind[]) {
  const said: string[] = [];
  const sent: unknown[] = [];
  const executeUpdate = (_update: unknown, { args }: { readonly args: readonly unknown[] }) => {
    sent.push(...args);
    return Promise.resolve();
  };
  const session = {
    client: { workflow: { getHandle: () => ({ executeUpdate }) } },
    terminal: { say: (text: string) => said.push(text) },
  } as unknown as Session;
  await decideAsDemo(session, waitingView({ offers, role: 'counsel\nforged' }), runView([]));
  return { said, sent };
}

describe('deciding when nobody is asked', () => {
  it('rejects where there is nothing to approve, and says so', async () => {
    const { said, sent } = await decidedByDemo(['edit', 'reject', 'retry', 'reassign']);
    expect(sent).toMatchObject([{ decision: 'reject', actor: 'demo', step: 'counselSignOff-1' }]);
    expect(said).toEqual([
      'counselSignOff-1 waits for counsel forged: rejected by the actor "demo", because nobody is asked here and ' +
        'there is nothing to approve.',
    ]);
  });

  it('leaves waiting what became of an effect, which nobody here can know, and says how to decide it', async () => {
    for (const offers of [
      ['undoneByHand', 'tryAgain', 'reassign'],
      ['edit', 'tryAgain', 'reject', 'reassign'],
    ] as const) {
      const { said, sent } = await decidedByDemo(offers);
      expect(sent).toEqual([]);
      expect(said).toEqual([
        expect.stringContaining('counterpoint decide review-1 counselSignOff-1 --try-again --as YOU') as string,
      ]);
    }
  });

  it('approves what can be approved', async () => {
    const { said, sent } = await decidedByDemo(['approve', 'reject']);
    expect(sent).toMatchObject([{ decision: 'approve', actor: 'demo', shown: 'ab'.repeat(32) }]);
    expect(said[0]).toContain('approved by the actor "demo"');
  });
});

describe('asking the person at the terminal', () => {
  const preview = {
    reject: 'extract-1',
    undone: ['book-1'],
    cannotBeUndone: [],
    askedAgain: ['extract-1', 'book-1'],
    usage: { calls: 2, tokens: 0, costMicroUsd: 0 },
  };

  /** What comes of these answers, given one after the other; then the input ends. */
  async function answering(...given: string[]) {
    const said: string[] = [];
    const session = {
      client: { workflow: { getHandle: () => ({ executeUpdate: () => Promise.resolve(preview) }) } },
      terminal: { say: (text: string) => said.push(text) },
    } as unknown as Session;
    const asked = { waiting: waitingView(), view: runView([]) };
    const askLine = () => Promise.resolve(given.shift());
    const offered = ['approve', 'reject', 'undoneByHand', 'tryAgain'] as const;
    return { decision: await askDecision(session, askLine, { offered, ...asked }), said };
  }

  it.each([
    [['what?', 'a', ''], { decision: 'approve' }],
    [['r', '', 'no'], { decision: 'reject', comment: 'no' }],
    [['undone-by-hand', ''], { decision: 'undoneByHand' }],
    [['t', 'now it works'], { decision: 'tryAgain', comment: 'now it works' }],
    [['r'], undefined],
    [[], undefined],
  ])('takes %j as %j', async (given, decision) => {
    expect((await answering(...given)).decision).toEqual(decision);
  });

  it('shows what blaming a step undoes before it is blamed, and asks for another when that is not wanted', async () => {
    const { decision, said } = await answering('r', 'extract-9', 'n', 'extract-1', 'y', 'Too mild.');
    expect(decision).toEqual({ decision: 'reject', blame: 'extract-1', comment: 'Too mild.' });
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('undo, newest first:  book-1');
  });
});
