import { createHash } from 'node:crypto';
import { withTextsOf } from '../../src/client/cited-texts';
import { citedDigits } from '../../src/contracts/citation';

const text = 'x'.repeat(300);
const citation = {
  $cites: 'read-1',
  sha256: createHash('sha256').update(text).digest('hex').slice(0, citedDigits),
};

describe('a recorded call that cites', () => {
  it('is shown with what the cited activity answered, each asked once', async () => {
    const asked: string[] = [];
    const answerOf = (activityId: string) => {
      asked.push(activityId);
      return Promise.resolve({ deep: [{ text }] });
    };
    expect(await withTextsOf(answerOf, { a: citation, b: [citation, 1] })).toEqual({ a: text, b: [text, 1] });
    expect(asked).toEqual(['read-1']);
  });

  it('keeps the citation where the answer is not to be had, or is another', async () => {
    for (const answer of [undefined, { text: 'y'.repeat(300) }]) {
      expect(await withTextsOf(() => Promise.resolve(answer), { a: citation })).toEqual({ a: citation });
    }
  });
});
