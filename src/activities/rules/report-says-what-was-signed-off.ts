import * as z from 'zod/mini';
import type { Artifact } from '../../contracts/artifact';
import { Section, type Contract } from '../../contracts/clause';
import type { Report } from '../../contracts/contract-review';
import type { Verdict } from '../../contracts/verdict';
import { weakCategories } from '../models/clauses/weak-categories';
import { readFirstMax, reportContent, type ReportContent, type SignedReview } from '../models/review/report-content';
import { formWords, statementsOf } from './report/report-statements';
import { plainWords, wordsOfHtml, wordsOfMarkdown } from './report/visible-words';
import type { RuleContext } from './rule';
import { verdictOn } from './verdict-on';

/** What the report is written from: a signed review by reference to its contract. `decidedAt` in epoch milliseconds. */
interface Input extends Omit<SignedReview, 'contract' | 'signOff' | 'weakCategories'> {
  readonly contract: Contract;
  readonly signOff: Omit<SignedReview['signOff'], 'decidedAt'> & { readonly decidedAt: number };
}

/**
 * Both formats of a report say everything that was signed off, each finding, term and comparison, and every quote word
 * for word at its place, once; and beside it nothing but the words of the form, and which risks to read first.
 *
 * @throws `ArtifactMissing` when the contract or the report is lost
 */
export async function reportSaysWhatWasSignedOff(
  report: Report,
  { input, artifacts }: RuleContext<Input>,
): Promise<Verdict> {
  const read = async (artifact: Artifact): Promise<string> =>
    Buffer.from(await artifacts.get(artifact)).toString('utf8');
  const { contract, signOff, ...review } = input;
  const content = reportContent({
    ...review,
    contract: {
      name: contract.name,
      text: await read(contract.text),
      sections: z.array(Section).parse(JSON.parse(await read(contract.sections))),
    },
    signOff: { ...signOff, decidedAt: new Date(signOff.decidedAt).toISOString() },
    weakCategories,
  });
  const markdown = deviations(wordsOfMarkdown(await read(report.markdown)), content, 'markdown');
  const html = deviations(wordsOfHtml(await read(report.html)), content, 'html');
  const { length } = content.passages;
  return verdictOn('The report does not say what was signed off.', [
    ...(report.quotes === length ? [] : [`quotes: is ${report.quotes}, but ${length} passages are quoted`]),
    ...markdown.map((problem) => `markdown: ${problem}`),
    ...html.map((problem) => `html: ${problem}`),
  ]);
}

/** Takes the statements out of the words one by one, the longest first; what is left must be the form's. */
function deviations(words: string, content: ReportContent, format: 'markdown' | 'html'): string[] {
  let rest = ` ${words} `;
  const problems: string[] = [];
  const statements = statementsOf(content, format).sort((one, other) => other.words.length - one.words.length);
  for (const statement of statements) {
    const place = rest.indexOf(` ${statement.words} `);
    if (place < 0) problems.push(`${statement.about} is missing, or not as it was signed off`);
    else rest = `${rest.slice(0, place)} · ${rest.slice(place + statement.words.length + 2)}`;
  }
  const name = plainWords(content.contractName);
  const others = rest.replaceAll(` ${name} `, ' · ').split('·').map(beyondForm);
  const foreign = others.filter((part) => part !== '' && !isReadingOrder(part, content));
  return [...problems, ...foreign.map((part) => `it also says “${part.slice(0, 120)}”`)];
}

/** A writer may say which risks to read first, by their ids alone. “Read” is a word of the form, too. */
function isReadingOrder(words: string, { risks }: ReportContent): boolean {
  const [first, ...ids] = words.replace(/^read /, '').split(' ');
  const known = risks.map(({ id }) => plainWords(id));
  const isListOfRisks = ids.length > 0 && ids.length <= readFirstMax && ids.every((id) => known.includes(id));
  return first === 'first' && isListOfRisks && new Set(ids).size === ids.length;
}

/** What is left of words without the form's at both ends. */
function beyondForm(part: string): string {
  const words = part.trim().split(/\s+/);
  const isOther = (word: string): boolean => word !== '' && !formWords.has(word);
  const first = words.findIndex(isOther);
  return first < 0 ? '' : words.slice(first, words.findLastIndex(isOther) + 1).join(' ');
}
