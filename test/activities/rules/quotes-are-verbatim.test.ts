import { quotesAreVerbatim } from '../../../src/activities/rules/quotes-are-verbatim';
import type { ArtifactStore } from '../../../src/activities/stores/artifact-store';
import type { Contract } from '../../../src/contracts/clause';
import { failure } from '../../../src/contracts/failures';

const text = 'This Agreement is governed by the laws\n   of Ohio.\nEither party may terminate on 30 days’ notice.';
const artifact = { sha256: 'a'.repeat(64), bytes: 1, mediaType: 'text/plain', name: 'contract.txt' };
const contract: Contract = { name: 'c', text: artifact, sections: artifact, sectionCount: 1, characters: text.length };
const artifacts: ArtifactStore = {
  put: () => Promise.reject(new Error('A rule stores nothing.')),
  get: () => Promise.resolve(Buffer.from(text)),
};
const verdictOn = (...quotes: string[]) =>
  quotesAreVerbatim({ clauses: quotes.map((quote) => ({ quote })) }, { input: { contract }, artifacts });

describe('quotes', () => {
  it.each([
    ['a word is changed', 'governed by the law of Ohio'],
    ['a figure is changed', 'terminate on 60 days’ notice'],
    ['something is left out', 'This Agreement is governed by Ohio.'],
    ['the case is changed', 'this agreement is governed'],
    ['a quotation mark is changed', "on 30 days' notice"],
    ['there is nothing but space', ' \n '],
  ])('go back when %s', async (_what, quote) => {
    expect(await verdictOn('This Agreement', quote)).toMatchObject({
      verdict: 'retry',
      feedback: expect.stringMatching(/^1 of 2 quotes do not stand in the contract word for word: “/) as string,
    });
  });

  it('that are wrong are named, the first five of them and shortened', async () => {
    const { verdict, ...rest } = await verdictOn(...Array.from({ length: 7 }, (_, index) => `${index}`.repeat(500)));
    expect(verdict).toBe('retry');
    const { feedback } = rest as { feedback: string };
    expect(feedback.match(/“/g)).toHaveLength(5);
    expect(feedback.length).toBeLessThan(1_200);
  });

  it('cannot be judged without the contract', async () => {
    const lost: ArtifactStore = { ...artifacts, get: () => Promise.reject(failure('ArtifactMissing', 'lost')) };
    const judged = quotesAreVerbatim({ clauses: [{ quote: 'x' }] }, { input: { contract }, artifacts: lost });
    await expect(judged).rejects.toMatchObject({ type: 'ArtifactMissing' });
  });

  it('pass when they stand word for word, white space aside', async () => {
    expect(await verdictOn('governed by the laws of Ohio.', 'Either party  may\nterminate')).toEqual({
      verdict: 'accept',
    });
  });

  it('pass when there are none', async () => {
    expect(await verdictOn()).toEqual({ verdict: 'accept' });
  });
});
