import { ActivityFailure } from '@temporalio/workflow';
import { isCitedCall } from '../../../src/contracts/citation';
import { toldCalls } from '../../support/told-calls';

const text = 'What the contract says. '.repeat(20);

describe('a call whose worker was lost', () => {
  it('is cited by the name under which it was made anew', async () => {
    const { ask, made } = toldCalls({ 'read-1': 'lost', 'read-1.anew-1': { answer: { text } } });
    await ask('read-1', {});
    await ask('file-1', { text });
    const citation = { $cites: 'read-1.anew-1', sha256: expect.stringMatching(/^[0-9a-f]{40}$/) as string };
    expect(made.at(-1)).toEqual(['file-1', { $cited: { text: citation } }]);
  });

  it('cites again when it is made anew, and is said in full to a worker that does not remember', async () => {
    const { ask, made } = toldCalls({
      'read-1': { answer: text },
      'file-1': 'forgotten',
      'file-1.whole': 'lost',
      'file-1.anew-1': 'forgotten',
      'file-1.anew-1.whole': { answer: 'filed' },
    });
    await ask('read-1', {});
    expect(await ask('file-1', { text })).toBe('filed');
    expect(made.map(([id, call]) => [id, isCitedCall(call)])).toEqual([
      ['read-1', false],
      ['file-1', true],
      ['file-1.whole', false],
      ['file-1.anew-1', true],
      ['file-1.anew-1.whole', false],
    ]);
  });

  it('is made anew five times at the most', async () => {
    const ids = ['read-1', ...[1, 2, 3, 4, 5].map((round) => `read-1.anew-${round}`)];
    const { ask, made } = toldCalls(Object.fromEntries(ids.map((id) => [id, 'lost' as const])));
    await expect(ask('read-1', {})).rejects.toBeInstanceOf(ActivityFailure);
    expect(made.map(([id]) => id)).toEqual(ids);
  });
});
