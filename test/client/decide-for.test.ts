import { decideAsDemo } from '../../src/client/decide-for';
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

  it('approves what can be approved', async () => {
    const { said, sent } = await decidedByDemo(['approve', 'reject']);
    expect(sent).toMatchObject([{ decision: 'approve', actor: 'demo', shown: 'ab'.repeat(32) }]);
    expect(said[0]).toContain('approved by the actor "demo"');
  });
});
