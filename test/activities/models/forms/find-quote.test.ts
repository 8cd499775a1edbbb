import * as fc from 'fast-check';
import { findPassage, findQuote, quotable } from '../../../../src/activities/models/forms/find-quote';

const contract = 'This Agreement is governed by the “laws of\n  Norway”. It lasts three (3) years – not more.';
const all = { start: 0, end: contract.length };

function found(quote: string, range = all): string | null {
  const place = findQuote(quotable(contract), quote, range);
  return place === null ? null : contract.slice(place.start, place.end);
}

it.each([
  ['other words', 'governed by the laws of Sweden'],
  ['words in another order', 'laws governed by the'],
  ['a word left out', 'This Agreement governed by'],
  ['a part of a word', 'greement is governed'],
  ['nothing', '  '],
  ['only marks', '“”'],
])('does not find %s', (_what, quote) => {
  expect(found(quote)).toBeNull();
});

it('does not find words that stand outside the range', () => {
  expect(found('It lasts three (3) years', { start: 0, end: 30 })).toBeNull();
});

it.each([
  ['with other white space', 'laws of Norway', 'laws of\n  Norway'],
  ['with other quotation marks', 'the "laws of Norway"', 'the “laws of\n  Norway”'],
  ['with another dash', 'years - not more', 'years – not more'],
  ['with marks around it', '“It lasts three (3) years…”', 'It lasts three (3) years'],
])('finds a quote %s, as the text has it', (_how, quote, words) => {
  expect(found(quote)).toBe(words);
});

it('finds any words of a text at a place that reads as they do', () => {
  const text = fc
    .array(fc.constantFrom('the', 'Supplier', 'shall', '“pay”', 'fees;', '§', 'é', '5,000', '\n\n', '🙂'), {
      minLength: 1,
    })
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (whole, from, count) => {
      const words = whole.split(/\s+/).filter((word) => word !== '');
      fc.pre(words.length > 0);
      const first = from % words.length;
      const quote = words.slice(first, first + 1 + (count % 8)).join(' ');
      const place = findQuote(quotable(whole), quote, { start: 0, end: whole.length });
      expect(place).not.toBeNull();
      expect(whole.slice(place?.start, place?.end).replace(/\s+/g, ' ')).toBe(quote);
    }),
  );
});

describe('a passage by its ends', () => {
  const passage = (quote: string, text = contract, range = { start: 0, end: text.length }): string | null => {
    const place = findPassage(quotable(text), quote, range);
    return place === null ? null : text.slice(place.start, place.end);
  };

  it.each([
    ['its beginning does not stand in the text', 'That Agreement is … years – not more.'],
    ['its end does not', 'This Agreement is governed … years or more.'],
    ['its end stands before its beginning', 'three (3) years … This Agreement is governed'],
    ['an end has too few words to be one place', 'This Agreement … years – not more.'],
    ['it has three ends', 'This Agreement is … the “laws of … three (3) years'],
  ])('is not found when %s', (_why, quote) => {
    expect(passage(quote)).toBeNull();
  });

  it('is not found when it is longer than a clause may be, or goes on over the range', () => {
    const long = `The term begins here. ${'Fees are due. '.repeat(400)}The term ends here.`;
    expect(passage('The term begins here. … The term ends here.', long)).toBeNull();
    const quote = 'This Agreement is governed … three (3) years';
    expect(passage(quote, contract, { start: 0, end: 60 })).toBeNull();
  });

  it.each(['…', '...', '[…]'])('is all that stands between them, as the text has it, with %s', (mark) => {
    expect(passage(`This Agreement is governed ${mark} lasts three (3) years`)).toBe(
      contract.slice(0, contract.indexOf(' – not')),
    );
  });
});
