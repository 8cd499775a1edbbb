import { splitPassages } from '../../../../src/activities/models/clauses/passage';
import { contractOf } from './contract-of';

const passagesOf = (text: string): string[] =>
  splitPassages(text, contractOf(text).sections).map(({ start, end }) => text.slice(start, end));

describe('splitting a contract into sentences', () => {
  test.each([
    ['an abbreviation', 'Acorn Inc. shall pay Birch Ltd. at No. 4 Elm St. in Bonn.'],
    ['an initial', 'Payment is made to J. P. Moore in cash.'],
    ['a figure', 'The rate is 4.5 percent, i.e. Section 3.2 applies.'],
    ['a reference to a section', 'It ends as set out in Section 4.2 Termination shall not affect it.'],
    ['a page break in the middle of a sentence', 'The Buyer shall pay the\n\nprice within ten days.'],
    [
      'a page number and mark in the middle of a sentence',
      'The Buyer shall pay the\n\n-2-\n\n<PAGE>\n\nprice at once.',
    ],
  ])('does not cut at %s', (_, sentence) => {
    expect(passagesOf(sentence)).toEqual([sentence]);
  });

  test('leaves headings out', () => {
    expect(passagesOf('4. TERM AND TERMINATION\n\n4.1 Term. It shall end in May.')).toEqual(['It shall end in May.']);
  });

  test('cuts at full stops, blank lines and section numbers in the line', () => {
    const text = 'It shall rain. "It" is defined.\n\nIt will stop 4.2 The Buyer shall pay. 5. The Seller shall sell.';
    expect(passagesOf(text)).toEqual([
      'It shall rain.',
      '"It" is defined.',
      'It will stop',
      '4.2 The Buyer shall pay.',
      '5. The Seller shall sell.',
    ]);
  });

  test('cuts a sentence of many pages at its semicolons, and without them at a length', () => {
    const items = 'the Buyer shall pay for the goods and the freight that he has ordered from the Seller; '.repeat(40);
    for (const passage of passagesOf(items)) expect(passage.length).toBeLessThanOrEqual(900);
    const endless = 'the buyer shall pay '.repeat(600);
    expect(passagesOf(endless).length).toBeGreaterThan(1);
    for (const passage of passagesOf(endless)) expect(passage.length).toBeLessThanOrEqual(3_500);
  });
});
