import { isCitedCall } from '../../../src/contracts/citation';
import { toldCalls, type End } from '../../support/told-calls';

const text = 'What the contract says. '.repeat(20);

/** Reads a text and files it so often. @returns whether each filing cited */
async function filed(times: number, ends: Readonly<Record<string, End>> = {}): Promise<boolean[]> {
  const { ask, made } = toldCalls({ 'read-1': { answer: text }, ...ends });
  await ask('read-1', {});
  for (let at = 1; at <= times; at++) await ask(`file-${at}`, { text });
  return made.flatMap(([id, call]) => (/^file-\d+$/.test(id) ? [isCitedCall(call)] : []));
}

function forgotten(...filings: readonly number[]): Readonly<Record<string, End>> {
  return Object.fromEntries(filings.map((at) => [`file-${at}`, 'forgotten']));
}

describe('an execution', () => {
  it('cites no more once its workers have forgotten too much of what it cited', async () => {
    expect(await filed(5, forgotten(1, 2, 3))).toEqual([true, true, true, false, false]);
  });

  it('goes on citing where its workers remember more than they forget', async () => {
    const filings = await filed(20, forgotten(1, 5, 9, 13, 17));
    expect(filings).not.toContain(false);
  });

  it('stops as soon after a long time in which all was remembered', async () => {
    const filings = await filed(30, forgotten(21, 22, 23));
    expect(filings.indexOf(false)).toBe(23);
  });

  it('says a call again that was cited when it was recorded, though it would cite no more by now', async () => {
    const { ask, made } = toldCalls({ 'file-1': 'forgotten', 'file-1.whole': { answer: 'filed' } });
    expect(await ask('file-1', { text })).toBe('filed');
    expect(made).toEqual([
      ['file-1', { text }],
      ['file-1.whole', { text }],
    ]);
  });

  it('says a text again that is so long that its history only refers to it', async () => {
    const { ask, made } = toldCalls({ 'read-1': { answer: text.repeat(20) } });
    await ask('read-1', {});
    await ask('file-1', { text: text.repeat(20) });
    expect(made.at(-1)).toEqual(['file-1', { text: text.repeat(20) }]);
  });

  it('cites the first call that answered with a text, however often others say the same', async () => {
    const { ask, made } = toldCalls({ 'read-1': { answer: text }, 'read-2': { answer: text } });
    await ask('read-1', {});
    await ask('read-2', {});
    await ask('file-1', { text });
    expect(made.at(-1)).toMatchObject(['file-1', { $cited: { text: { $cites: 'read-1' } } }]);
  });
});
