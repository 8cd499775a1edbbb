import type { Clause, ClauseCategory, Section } from '../../../contracts/clause';
import { pointsOfAClause, type CueSheet } from './cue';
import { cueSheets } from './cue-sheets';
import { findDocumentName } from './find-document-name';
import { findOpeningDates } from './find-opening-dates';
import { findParties } from './find-parties';
import { splitPassages, type Passage } from './passage';
import { findPreamble, type Preamble } from './preamble';
import { scorePassage } from './score-passage';
import type { Span } from './span';

/** What is searched: a contract's normalised text and the sections that cover it. */
export type ContractText = { readonly text: string; readonly sections: readonly Section[] };

const clausesMax = 25;
const quoteCharactersMax = 4_000;

/**
 * Finds the clauses of one category: by the opening words for the name, the parties and the dates, by cue sheets for
 * the rest. Every quote is the text from its `start` to its `end`; at most 25, the strongest, in the order of the text.
 */
export function findClauses(contract: ContractText, category: ClauseCategory): Clause[] {
  const spans = [...spansOfOpening(contract.text, category), ...spansByCues(contract, category)];
  const apart = spans.filter((span, index) => !spans.slice(0, index).some((earlier) => holds(earlier, span)));
  return apart
    .slice(0, clausesMax)
    .sort((one, other) => one.start - other.start)
    .map((span) => toClause(contract, category, span));
}

const openingRules: Readonly<Partial<Record<ClauseCategory, (text: string, preamble: Preamble) => (Span | null)[]>>> = {
  'Document Name': (text, preamble) => [findDocumentName(text, preamble)],
  Parties: (text, preamble) => findParties(text, preamble).flatMap(({ name, role }) => [name, role]),
  'Agreement Date': (text, preamble) => [findOpeningDates(text, preamble).agreement],
  'Effective Date': (text, preamble) => [findOpeningDates(text, preamble).effective],
};

function spansOfOpening(text: string, category: ClauseCategory): Span[] {
  const spans = openingRules[category]?.(text, findPreamble(text)) ?? [];
  return spans.filter((span) => span !== null);
}

/** The strongest first. */
function spansByCues({ text, sections }: ContractText, category: ClauseCategory): Span[] {
  const sheet = cueSheets.get(category);
  if (sheet === undefined) return [];
  return splitPassages(text, sections)
    .map((passage) => ({ passage, points: pointsOf(text, passage, sheet) }))
    .filter(({ points }) => points >= pointsOfAClause)
    .sort((one, other) => other.points - one.points)
    .map(({ passage }) => passage);
}

/** An item of a list is read with the words that introduce the list, but must add to them to count. */
function pointsOf(text: string, { start, end, headings, lead }: Passage, sheet: CueSheet): number {
  const words = text.slice(start, end);
  if (lead === '') return scorePassage({ words, headings }, sheet);
  const together = scorePassage({ words: `${lead} ${words}`, headings }, sheet);
  return together > scorePassage({ words: lead, headings }, sheet) ? together : 0;
}

function toClause({ text, sections }: ContractText, category: ClauseCategory, { start, end }: Span): Clause {
  const section = sections.find((candidate) => candidate.start <= start && start < candidate.end);
  if (section === undefined) throw new Error(`No section holds the character ${start}: sections must cover the text.`);
  const last = Math.min(end, section.end, start + quoteCharactersMax);
  return { category, quote: text.slice(start, last), anchor: section.anchor, start, end: last };
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
