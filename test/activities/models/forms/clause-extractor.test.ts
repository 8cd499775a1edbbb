import * as fc from 'fast-check';
import { clauseExtractor } from '../../../../src/activities/models/forms/clause-extractor';
import { clausesStandInPlace } from '../../../../src/activities/rules/clauses-stand-in-place';
import { ClauseFinding, type ClauseCategory, type Section } from '../../../../src/contracts/clause';
import { artifactNamed, artifactsOf } from '../../rules/artifacts-of';
import { contractOf } from '../review/sample-review';

const sample = contractOf([
  ['Insurance', 'Supplier shall keep\ninsurance of at least USD 1,000,000.'],
  ['Audit Rights', 'Buyer may audit the “books” once a year. Buyer pays for each audit.'],
  ['Insurance', 'Buyer shall keep insurance against fire.'],
]);

function reviewOf(
  { text, sections }: { readonly text: string; readonly sections: readonly Section[] },
  category: ClauseCategory,
) {
  const contract = {
    ...{ name: 'supply.txt', sectionCount: sections.length, characters: text.length },
    ...{ text: artifactNamed('text'), sections: artifactNamed('sections') },
  };
  const artifacts = artifactsOf({ text, sections: JSON.stringify(sections) });
  return { input: { contract, category }, artifacts };
}

const { input, artifacts } = reviewOf(sample, 'Insurance');
const roomy = { artifacts, openingBytesMax: 100_000 };
const judge = (...quotes: readonly string[]) =>
  clauseExtractor.faultOf?.({ part: 0, value: { quotes: [...quotes] } }, input, roomy);

describe('what a model quoted', () => {
  it.each([
    [
      'is not in the contract',
      'Supplier shall insure everything.',
      /“Supplier shall insure everything\.” does not stand/,
    ],
    [
      'is nearly in the contract',
      'Supplier shall keep insurance of at least USD 2,000,000.',
      /stands there is “Supplier shall keep insurance of at least USD 1,000,000/,
    ],
    ['is only a heading', '1. Insurance', /“1\. Insurance” is only a heading/],
    ['is nothing', ' … ', /quotes no words/],
    ['is too long', `Buyer ${'pays '.repeat(900)}`, /longer than 4000 characters/],
  ])('goes back when it %s', async (_what, quote, fault) => {
    expect(await judge('Buyer shall keep insurance against fire.', quote)).toMatch(fault);
  });

  it('may count when it stands there word for word, white space aside', async () => {
    expect(await judge('Supplier shall keep insurance of at least USD 1,000,000.')).toBeUndefined();
    expect(await judge()).toBeUndefined();
  });

  it('goes back when it stands only in another part than the model was given', async () => {
    const [first] = await clauseExtractor.open(input, roomy);
    const tight = { artifacts, openingBytesMax: 1_200 };
    const long = reviewOf(
      contractOf([
        ['Insurance', `Supplier shall be insured. ${'It pays premiums. '.repeat(40)}`],
        ['Audit Rights', `Buyer may audit. ${'It pays for it. '.repeat(40)}`],
      ]),
      'Insurance',
    );
    const context = { artifacts: long.artifacts, openingBytesMax: tight.openingBytesMax };
    const parts = await clauseExtractor.open(long.input, context);
    expect(first?.material).toContain(sample.text);
    expect(parts.length).toBeGreaterThan(1);
    const quotes = ['Supplier shall be insured.'];
    expect(await clauseExtractor.faultOf?.({ part: 0, value: { quotes } }, long.input, context)).toBeUndefined();
    const last = parts.length - 1;
    expect(await clauseExtractor.faultOf?.({ part: last, value: { quotes } }, long.input, context)).toMatch(
      /does not stand in the contract/,
    );
  });
});

describe('the parts of a contract', () => {
  it('cannot be made where there is no room', async () => {
    await expect(clauseExtractor.open(input, { artifacts, openingBytesMax: 600 })).rejects.toMatchObject({
      type: 'ContextTooLong',
    });
  });

  it('begin with the same material for every category, which is named last', async () => {
    const context = { artifacts, openingBytesMax: 100_000 };
    const insurance = await clauseExtractor.open(input, context);
    const audit = await clauseExtractor.open({ ...input, category: 'Audit Rights' }, context);
    expect(insurance.map(({ material }) => material)).toEqual(audit.map(({ material }) => material));
    expect(audit[0]?.task).toMatch(/"quotes"[^]*Category: Audit Rights, that is: [^\n]+$/);
  });

  it('hold every byte of the text, and none is over the room', async () => {
    const paragraphs = fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(paragraphs, fc.integer({ min: 1_400, max: 4_000 }), async (texts, openingBytesMax) => {
        const made = contractOf(texts.map((text) => ['Insurance', text] as const));
        const review = reviewOf(made, 'Insurance');
        const parts = await clauseExtractor.open(review.input, { artifacts: review.artifacts, openingBytesMax });
        const texted = parts.map(({ material }) => material.slice(material.indexOf('\n\n') + 2));
        expect(texted.join('')).toBe(made.text);
        for (const { material, task } of parts) {
          expect(Buffer.byteLength(material) + Buffer.byteLength(task)).toBeLessThanOrEqual(openingBytesMax);
        }
      }),
    );
  });
});

describe('the clauses', () => {
  it('are where their quotes stand, each once, without quotes within quotes', async () => {
    const quotes = [
      'Buyer shall keep insurance against fire.',
      'Supplier shall keep insurance of at least USD 1,000,000.',
      'insurance of at least USD 1,000,000.',
      'Buyer shall keep insurance against fire.',
    ];
    const output = ClauseFinding.parse(await clauseExtractor.join([{ quotes }], input, roomy));
    expect(output).toEqual({ category: 'Insurance', clauses: sample.findings[0]?.clauses });
    expect(await clausesStandInPlace(output, { input, artifacts })).toEqual({ verdict: 'accept' });
  });

  it('have offsets that give the quote in the whole text, in whatever part it was found', async () => {
    const sentence = fc
      .array(fc.constantFrom('Supplier', 'shall', 'pay', 'the “fees”,', '5,000', 'é', '漢字', '🙂'), {
        minLength: 3,
        maxLength: 40,
      })
      .map((words) => `Supplier ${words.join(' ')}.`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(sentence, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1_400, max: 3_000 }),
        async (sentences, openingBytesMax) => {
          const made = contractOf(sentences.map((words) => ['Insurance', words] as const));
          const review = reviewOf(made, 'Insurance');
          const context = { artifacts: review.artifacts, openingBytesMax };
          const parts = await clauseExtractor.open(review.input, context);
          const written = parts.map(({ material }) => ({
            quotes: sentences.filter((words) => material.includes(words)).slice(0, 25),
          }));
          for (const [part, value] of written.entries()) {
            expect(await clauseExtractor.faultOf?.({ part, value }, review.input, context)).toBeUndefined();
          }
          const output = ClauseFinding.parse(await clauseExtractor.join(written, review.input, context));
          expect(output.clauses.length).toBeGreaterThan(0);
          for (const { quote, start, end } of output.clauses) expect(made.text.slice(start, end)).toBe(quote);
          expect(await clausesStandInPlace(output, review)).toEqual({ verdict: 'accept' });
        },
      ),
    );
  });
});
