import { createHash } from 'node:crypto';
import { citedTexts, withCitedTexts } from '../../src/activities/cited-texts';
import { citedDigits } from '../../src/contracts/citation';

const text = 'x'.repeat(300);
const sha256 = createHash('sha256').update(text).digest('hex').slice(0, citedDigits);
const citing = { $cited: { input: [{ $cites: 'read-1', sha256 }] } };

/** A worker: what its work was given, and calls of it, which answer with what they are given. */
function worker() {
  const given: unknown[] = [];
  const work = withCitedTexts(citedTexts(), (call: unknown) => {
    given.push(call);
    return Promise.resolve(call);
  });
  return { given, work };
}

describe('work whose call cites a text', () => {
  it.each([
    ['answered with', (): Promise<unknown> => Promise.resolve({ deep: [text] }), 'a question'],
    ['was told', (): Promise<unknown> => Promise.resolve('an answer'), { deep: [text] }],
  ])('is given a text that its worker %s', async (_how, answer, call) => {
    const texts = citedTexts();
    await withCitedTexts<unknown, unknown>(texts, answer)(call);
    expect(await withCitedTexts(texts, (given: unknown) => Promise.resolve(given))(citing)).toEqual({ input: [text] });
  });

  it('is not begun when its worker does not remember the text', async () => {
    const { given, work } = worker();
    await expect(work(citing)).rejects.toMatchObject({
      type: 'CitedTextForgotten',
      details: { cites: 'read-1', sha256 },
    });
    expect(given).toEqual([]);
  });

  it('takes nothing for a citation in a call that has none', async () => {
    const { given, work } = worker();
    await work({ input: [text] });
    await work(citing.$cited);
    expect(given[1]).toEqual(citing.$cited);
  });
});
