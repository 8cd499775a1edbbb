import * as fc from 'fast-check';
import { nothingInvented } from '../../../src/activities/rules/nothing-invented';
import type { ArtifactStore } from '../../../src/activities/stores/artifact-store';
import { failure } from '../../../src/contracts/failures';
import type { Verdict } from '../../../src/contracts/verdict';

const contract =
  'This Supply Agreement is made on March 1, 2024 between Orrin Valley Foods, Inc. (“Supplier”) and Castlemere Retail Ltd.\n' +
  'Supplier shall not raise its prices by more than 12% in any year. Buyer shall pay $1,250.00 within thirty (30) days\n' +
  'of each invoice, unless the invoice is disputed in good faith. Order W2378156 was placed by mei.lin@castlemere.example.';
const artifact = { sha256: 'a'.repeat(64), bytes: 1, mediaType: 'text/plain', name: 'supply.txt' };
const artifacts: ArtifactStore = {
  put: () => Promise.reject(new Error('A rule stores nothing.')),
  get: () => Promise.resolve(Buffer.from(contract)),
};
const orders = [
  { order: 'A', priceCents: 1999, state: 'open' },
  { order: 'B', priceCents: 501, state: 'open' },
  { order: 'C', priceCents: 300, state: 'closed' },
];
const input = { contract: { text: artifact }, orders, term: 'It runs for five years from 10 February 2014.' };
const judge = (output: unknown, given: unknown = input) => nothingInvented(output, { input: given, artifacts });

function feedbackOf(verdict: Verdict): string {
  if (verdict.verdict !== 'retry') throw new Error(`Expected the output to go back, got ${verdict.verdict}.`);
  return verdict.feedback;
}

describe('what stands in none of the inputs is named with its place', () => {
  it.each<[string, unknown, RegExp]>([
    ['a figure', { risk: 'The price may rise by 15% a year.' }, /- risk: the figure 15 stands in none/],
    ['a sum of money', 'Buyer pays $1,350.00.', /the output: the figure 1,350\.00 /],
    ['a figure in words', 'Payment is due in forty-five days.', /the figure forty-five /],
    ['a figure with a scale', 'It costs 5 million.', /the figure 5 million /],
    ['a number', { terms: [{ days: 45 }] }, /- terms\.0\.days: the figure 45 /],
    ['a date', 'It was made on March 2, 2024.', /the date March 2, 2024 /],
    ['a date in another notation', { date: '2024-03-02' }, /date: the date 2024-03-02 /],
    ['a date in figures', 'Made on 4/3/2024.', /the date 4\/3\/2024 /],
    ['a name', 'It binds Orrin Valley Holdings too.', /the name Orrin Valley Holdings /],
    ['a name at the beginning of a sentence', 'Orrin Valley Holdings is bound.', /the name Orrin Valley Holdings /],
    ['a name that is a whole value', { name: 'Kestrel' }, /name: the name Kestrel /],
    ['a name in quotation marks', 'The party is called “Vendor”.', /the name “Vendor” /],
    ['an identifier', 'It concerns order W2378157.', /the name W2378157 /],
    ['an e-mail address', 'Write to mei.lin@castlemore.example.', /the name mei\.lin@castlemore\.example /],
    ['a quotation', 'It says “Supplier shall raise its prices by more”.', /the quotation “Supplier shall raise its/],
    [
      'a quotation in straight marks',
      'It says "pay within sixty days of".',
      /the quotation “pay within sixty days of” /,
    ],
    ['a field that quotes', { quote: 'in any one year' }, /quote: the quotation “in any one year” /],
    ['a sum that does not add up', { total: 2801 }, /total: the figure 2801 /],
  ])('%s', async (_what, output, named) => {
    expect(feedbackOf(await judge(output))).toMatch(named);
  });

  it('what was dropped or added in a sentence that is otherwise copied', async () => {
    const turned = 'Supplier shall raise its prices by more than 12% in any year.';
    expect(feedbackOf(await judge({ says: turned }))).toMatch(/says: “Supplier shall raise.*“not” was dropped/);
    const plain =
      'Buyer shall pay $1,250.00 within thirty (30) days of each invoice, if the invoice is disputed in good faith.';
    expect(feedbackOf(await judge(plain))).toMatch(/“unless” was dropped/);
    const unnamed = 'This Agreement is made on March 1, 2024 between Orrin Valley Foods, Inc. and Retail Ltd';
    expect(feedbackOf(await judge(unnamed))).toMatch(/“Supply” was dropped/);
    const added = 'Supplier may not raise its prices by more than 12% in any year.';
    expect(feedbackOf(await judge(added))).toMatch(/“shall” was dropped and “may” was added/);
  });

  it('twelve times at most, and the rest is counted', async () => {
    const feedback = feedbackOf(await judge(Array.from({ length: 30 }, (_, index) => `It costs ${7_000 + index}.`)));
    expect(feedback.match(/the figure/g)).toHaveLength(12);
    expect(feedback).toMatch(/and 18 more$/);
  });

  it('in a feedback that a verdict can carry, however long the output', async () => {
    const long = Array.from({ length: 12 }, (_, index) => ({ ['k'.repeat(900)]: `${index}${'9'.repeat(900)}` }));
    expect(feedbackOf(await judge(long)).length).toBeLessThanOrEqual(4_000);
  });
});

it('cannot judge without the inputs', async () => {
  const lost: ArtifactStore = { ...artifacts, get: () => Promise.reject(failure('ArtifactMissing', 'lost')) };
  const judged = nothingInvented('12', { input, artifacts: lost });
  await expect(judged).rejects.toMatchObject({ type: 'ArtifactMissing' });
});

describe('what the inputs say passes', () => {
  it.each<[string, unknown]>([
    ['nothing at all', {}],
    ['a figure in other notations', 'It is 1250 or 1,250 in 30 days, 12 percent, or thirty days.'],
    ['a number', { rate: 12, amountMinor: 125_000, share: -12 }],
    ['a date in other notations', ['2024-03-01', '1 March 2024', 'the 1st day of March, 2024', '3/1/2024', '1.3.2024']],
    ['a date so long after another', { expires: '2019-02-10' }],
    ['a name in other capitals', 'It binds ORRIN VALLEY FOODS, INC. and Castlemere Retail Ltd.'],
    ['a name that begins a sentence', 'The Supplier is bound. Supplier shall pay. Buyer’s invoice is due.'],
    ['an identifier, and an address', 'W2378156 of mei.lin@castlemere.example'],
    ['a quotation that leaves words out', 'It says “Supplier shall not … by more than 12% in any year.”'],
    ['a quotation over a line’s end', { quote: 'within thirty (30) days of each   invoice' }],
    ['a currency for its sign', { currency: 'USD' }],
    ['counts', 'There are 3 orders: 2 open.'],
    ['a sum', { totalCents: 2800 }],
    ['an amount in whole units', 'It costs $19.99.'],
    [
      'the place of words',
      {
        quote: 'Supplier shall not',
        start: contract.indexOf('Supplier shall not'),
        end: contract.indexOf(' raise its'),
      },
    ],
    ['its own numbering', { risks: [{ id: 'R1', says: 'Prices may rise by 12%.' }] }],
    [
      'a sentence in words of its own',
      'Prices can go up every year, within a limit of 12%, and invoices fall due monthly.',
    ],
  ])('%s', async (_what, output) => {
    expect(await judge(output)).toEqual({ verdict: 'accept' });
  });
});

describe('whatever the text', () => {
  const word = fc.constantFrom(
    'the',
    'price',
    'rises',
    'by',
    'order',
    'Acme',
    'Ltd',
    'pays',
    'within',
    'days',
    'of',
    'it',
  );
  const part = fc.oneof(
    { weight: 4, arbitrary: word },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 999_999 }).map((value) => value.toLocaleString('en-US')) },
    { weight: 1, arbitrary: fc.constantFrom('“sold as seen today”', '5 May 2021', '2020-01-31', 'not', 'X77') },
    { weight: 1, arbitrary: fc.constantFrom('.', ';', '\n') },
  );
  const prose = fc.array(part, { minLength: 1, maxLength: 60 }).map((parts) => parts.join(' '));

  it('an unaltered copy is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(prose, { minLength: 1, maxLength: 4 }), async (texts) => {
        expect(await judge({ copies: texts, first: texts[0] }, { texts })).toEqual({ verdict: 'accept' });
      }),
      { numRuns: 300 },
    );
  });

  it('a figure that was altered is named', async () => {
    const amount = fc.integer({ min: 1_000, max: 999_999 });
    await fc.assert(
      fc.asyncProperty(prose, prose, amount, async (before, after, figure) => {
        const source = `${before} costs ${figure} per unit ${after}`;
        const altered = 1_000_000 + figure;
        const text = `${before} costs ${altered.toLocaleString('en-US')} per unit ${after}`;
        const feedback = feedbackOf(await judge({ text }, { source }));
        expect(feedback).toContain(`the figure ${altered.toLocaleString('en-US')}`);
      }),
      { numRuns: 300 },
    );
  });

  it('a number that was altered is named', async () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 10_000, max: 90_000 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(numbers, fc.nat(), async (values, at) => {
        const index = at % values.length;
        const altered = values.map((value, place) => (place === index ? value + 1_000_000 : value));
        const feedback = feedbackOf(await judge({ values: altered }, { values }));
        expect(feedback).toBe(
          `State only what the inputs say.\n- values.${index}: the figure ${altered[index]} stands in none of the inputs`,
        );
      }),
      { numRuns: 200 },
    );
  });

  it('a date that was altered is named', async () => {
    const date = fc.date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    await fc.assert(
      fc.asyncProperty(prose, date, fc.integer({ min: 1, max: 27 }), async (before, day, shift) => {
        const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
        const altered = iso(day.getTime() + shift * 86_400_000);
        fc.pre(!['2021-05-05', '2020-01-31'].includes(altered));
        const verdict = await judge({ due: altered }, { source: `${before} is due on ${iso(day.getTime())}.` });
        expect(feedbackOf(verdict)).toContain(`due: the date ${altered} `);
      }),
      { numRuns: 300 },
    );
  });
});
