import * as fc from 'fast-check';
import { weakCategories } from '../../../src/activities/models/clauses/weak-categories';
import { writeReport } from '../../../src/activities/models/review/write-report';
import { reportSaysWhatWasSignedOff } from '../../../src/activities/rules/report-says-what-was-signed-off';
import { sampleReview } from '../models/review/sample-review';
import { artifactNamed, artifactsOf } from './artifacts-of';

const review = sampleReview();
const { markdown, html, quotes } = writeReport({ ...review, weakCategories });
const { contract, signOff } = review;
const input = {
  ...review,
  contract: {
    ...{ name: contract.name, sectionCount: contract.sections.length, characters: contract.text.length },
    ...{ text: artifactNamed('text'), sections: artifactNamed('sections') },
  },
  signOff: { ...signOff, decidedAt: Date.parse(signOff.decidedAt) },
};

function judge(report: { markdown?: string; html?: string; quotes?: number } = {}) {
  const artifacts = artifactsOf({
    ...{ text: contract.text, sections: JSON.stringify(contract.sections) },
    ...{ markdown: report.markdown ?? markdown, html: report.html ?? html },
  });
  const output = {
    ...{ markdown: artifactNamed('markdown', 'text/markdown'), html: artifactNamed('html', 'text/html') },
    quotes: report.quotes ?? quotes,
  };
  return reportSaysWhatWasSignedOff(output, { input, artifacts });
}

describe('a report', () => {
  it.each<[string, Parameters<typeof judge>[0], RegExp]>([
    ['a word of a quote', { html: html.replace('shall not compete', 'shall compete') }, /html: R1 is missing/],
    ['a figure', { markdown: markdown.replaceAll('five \\(5\\)', '6').replaceAll('five (5)', '6') }, /markdown: R1 is/],
    [
      'a severity',
      { html: html.replace('<span class="badge">High', '<span class="badge">Low') },
      /html: R\d is missing/,
    ],
    ['a date', { markdown: markdown.replace('2026-11-21', '2026-11-22') }, /markdown: Signed off at is missing/],
    ['the recommendation', { html: html.replaceAll('Do not sign', 'Sign') }, /html: the recommendation/],
    ['the number of quotes', { quotes: quotes + 1 }, /quotes: is \d+, but \d+ passages are quoted/],
  ])('goes back when %s was altered', async (_what, report, feedback) => {
    expect(await judge(report)).toMatchObject({
      verdict: 'retry',
      feedback: expect.stringMatching(feedback) as string,
    });
  });

  it('goes back when something was added, and says what', async () => {
    expect(await judge({ markdown: `${markdown}\nBuyer also waives all claims.\n` })).toMatchObject({
      feedback: expect.stringContaining('markdown: it also says “buyer also waives all claims”') as string,
    });
  });

  it('passes as it was written', async () => {
    expect(await judge()).toEqual({ verdict: 'accept' });
  });

  it('goes back whichever line with a word was dropped', async () => {
    const lines = markdown.split('\n');
    const said = lines.flatMap((line, index) => (/[a-z]{3}/i.test(line) && !line.startsWith('#') ? [index] : []));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...said), async (dropped) => {
        const { verdict } = await judge({ markdown: lines.filter((_, index) => index !== dropped).join('\n') });
        // The heads of tables are form.
        expect(verdict).toBe(/^\| (?:Term|Clause|Review) /.test(lines[dropped] ?? '') ? 'accept' : 'retry');
      }),
    );
  });
});
