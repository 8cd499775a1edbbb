import * as z from 'zod/mini';
import type { clauseExtractor as agent } from '../../../agents/clause-extractor';
import { clauseCategories, type Clause, type ClauseCategory, type Section } from '../../../contracts/clause';
import type { AgentForm, FormContext } from '../agent-form';
import type { ContractText } from '../clauses/find-clauses';
import type { Span } from '../clauses/span';
import { readContractText } from '../read-contract-text';
import { feedbackOf } from './answered-ids';
import { categoryDescriptions } from './category-descriptions';
import { findPassage, findQuote, quotable, type QuotableText } from './find-quote';
import { roomFor } from './part-room';
import { splitText } from './split-text';

const quotesMax = 25;
const quoteCharactersMax = 4_000;
const shownCharactersMax = 160;

const Quotes = z.strictObject({ quotes: z.array(z.string()).check(z.maxLength(quotesMax)) });

/** The model copies passages out of a part of the contract; code finds where each stands. */
export const clauseExtractor: AgentForm<typeof agent, typeof Quotes> = {
  writes: Quotes,
  async open({ contract, category }, context) {
    const stored = await readContractText(context.artifacts, contract);
    const parts = partsOf(stored, contract.name, context);
    return parts.map((part, index) => ({
      material: `${headOf(contract.name, index + 1, parts.length)}${stored.text.slice(part.start, part.end)}`,
      task: taskFor(category),
    }));
  },
  async faultOf({ part, value: { quotes } }, { contract, category }, context) {
    const stored = await readContractText(context.artifacts, contract);
    const range = partsOf(stored, contract.name, context)[part] ?? { start: 0, end: stored.text.length };
    const within = quotable(stored.text);
    const faults = quotes.flatMap((quote) => faultOfQuote(quote, { within, range, category, ...stored }));
    return feedbackOf(
      'These quotes are wrong. Copy passages of the contract above word for word, or leave them out.',
      faults,
    );
  },
  async join(written, { contract, category }, context) {
    const stored = await readContractText(context.artifacts, contract);
    const parts = partsOf(stored, contract.name, context);
    const within = quotable(stored.text);
    const places = written.flatMap(({ quotes }, index) => {
      const range = parts[index] ?? { start: 0, end: stored.text.length };
      return quotes.flatMap((quote) => findPassage(within, quote, range) ?? []);
    });
    return {
      category,
      clauses: outermost(places)
        .slice(0, quotesMax)
        .map((place) => toClause(stored, category, place)),
    };
  },
};

function headOf(name: string, part: number, parts: number): string {
  return `CONTRACT ${name}${parts === 1 ? '' : ` (part ${part} of ${parts})`}\n\n`;
}

function taskFor(category: ClauseCategory): string {
  return [
    'Find every passage of the contract above that belongs to one category of clauses. Copy each passage word for',
    'word, as whole sentences, without changing a word. A long passage may be given by its first five and its last five',
    'words with … between them. Do not copy headings.',
    'Answer with JSON that has one key, "quotes": a list of the copied passages, {"quotes": []} when there is none.',
    `Category: ${category}, that is: ${categoryDescriptions[category]}.`,
  ].join('\n');
}

/** The room is the same for all categories, so that the parts are, and a provider has them in its cache. */
function partsOf({ text, sections }: ContractText, name: string, { openingBytesMax }: FormContext): Span[] {
  const tasks = clauseCategories.map((category) => Buffer.byteLength(taskFor(category)));
  const head = Buffer.byteLength(headOf(name, 1_000, 1_000));
  return splitText(text, sections, roomFor(openingBytesMax, Math.max(...tasks) + head));
}

interface Place extends ContractText {
  readonly within: QuotableText;
  readonly range: Span;
  readonly category: ClauseCategory;
}

function faultOfQuote(quote: string, { within, range, category, sections }: Place): string[] {
  const shown = `“${quote.trim().slice(0, shownCharactersMax)}”`;
  if (!/\p{L}.*\p{L}|\p{N}/su.test(quote)) return [`${shown} quotes no words`];
  if (quote.length > quoteCharactersMax) return [`${shown} is longer than ${quoteCharactersMax} characters`];
  if (findPassage(within, quote, range) === null) {
    const near = nearestTo(quote, within, range);
    return [`${shown} does not stand in the contract${near === null ? '' : `; what stands there is “${near}”`}`];
  }
  const isHeading = category !== 'Document Name' && headings(sections).has(quotable(quote).squeezed);
  return isHeading ? [`${shown} is only a heading`] : [];
}

/** Where the first words of a quote do stand: the contract's own words from there on. */
function nearestTo(quote: string, within: QuotableText, range: Span): string | null {
  const words = quote.trim().split(/\s+/);
  for (let count = Math.min(words.length - 1, 12); count >= 3; count -= 1) {
    const place = findQuote(within, words.slice(0, count).join(' '), range);
    if (place === null) continue;
    const own = within.text.slice(place.start, Math.min(range.end, place.start + shownCharactersMax));
    return own.replace(/\s+/g, ' ').trim();
  }
  return null;
}

function headings(sections: readonly Section[]): ReadonlySet<string> {
  return new Set(sections.map(({ heading }) => quotable(heading).squeezed));
}

/** Without passages that stand within others, in the order of the text. */
function outermost(places: readonly Span[]): Span[] {
  return places
    .filter(
      (place, index) =>
        !places.some(
          (other, at) =>
            other.start <= place.start &&
            place.end <= other.end &&
            (other.end - other.start > place.end - place.start || at < index),
        ),
    )
    .sort((one, other) => one.start - other.start);
}

function toClause({ text, sections }: ContractText, category: ClauseCategory, { start, end }: Span): Clause {
  const section = sections.find((candidate) => candidate.start <= start && start < candidate.end);
  if (section === undefined) throw new Error(`No section holds the character ${start}: sections must cover the text.`);
  const last = Math.min(end, start + quoteCharactersMax);
  return { category, quote: text.slice(start, last), anchor: section.anchor, start, end: last };
}
