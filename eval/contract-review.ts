import { normaliseText } from '../src/activities/documents/normalise-text';
import { splitSections } from '../src/activities/documents/split-sections';
import { findClauses } from '../src/activities/models/clauses/find-clauses';
import { clauseCategories, type ClauseCategory } from '../src/contracts/clause';
import { weakCategories } from '../src/activities/models/clauses/weak-categories';
import { addCounts, countClauses, noCounts, placesOf, ratesOf, type Counts } from './clause-score';
import { formatTable } from './format-table';
import type { Evaluation } from './evaluation';
import { readLabelledContracts, type LabelledContract } from './labelled-contracts';

/** How well the code-backed extractors find the labelled clauses of real contracts. */
export const contractReview: Evaluation = {
  about: 'precision and recall of the code-backed clause extractors on labelled contracts',
  measure: () => {
    const contracts = readLabelledContracts().map((contract) => ({
      name: contract.name,
      counts: countContract(contract),
    }));
    const categories = clauseCategories.map((category) => ({
      name: category,
      counts: contracts.map(({ counts }) => counts.get(category) ?? noCounts).reduce(addCounts),
    }));
    const byContract = contracts.map(({ name, counts }) => ({ name, counts: [...counts.values()].reduce(addCounts) }));
    const overall = { name: 'Overall', counts: categories.map(({ counts }) => counts).reduce(addCounts) };
    return {
      table: [
        formatTable('Category', [...categories, overall]),
        formatTable('Contract', byContract),
        legend(overall.counts),
        weakness(categories),
      ].join('\n\n'),
      json: {
        categories: categories.map(withRates),
        contracts: byContract.map(withRates),
        overall: withRates(overall),
      },
    };
  },
};

function countContract({ raw, labels }: LabelledContract): Map<ClauseCategory, Counts> {
  const text = normaliseText(raw);
  const sections = splitSections(text);
  return new Map(
    clauseCategories.map((category) => {
      const spans = (labels.get(category) ?? []).map((label) => ({
        text: label.text,
        places: label.inSource ? placesOf(text, normaliseText(label.text)) : [],
      }));
      return [category, countClauses(findClauses({ text, sections }, category), spans)];
    }),
  );
}

function withRates({ name, counts }: { name: string; counts: Counts }): unknown {
  const quoteCharactersMean = counts.found === 0 ? null : Math.round(counts.quoteCharacters / counts.found);
  return { name, ...counts, quoteCharactersMean, ...ratesOf(counts), strict: ratesOf(counts, true) };
}

function legend({ labels, notFindable }: Counts): string {
  return [
    'A quote is right when it covers at least half of a labelled span; a label is recalled when a quote does so.',
    'Strict: the overlap is at least half of quote and label together, so that long quotes do not count.',
    `Of ${labels} labelled spans ${notFindable} do not stand in the text as it was read; they count as missed.`,
  ].join('\n');
}

/** Under this F1 a category is weak, and belongs in the list that the review's report shows. */
const weakBelow = 0.6;

function weakness(categories: readonly { readonly name: ClauseCategory; readonly counts: Counts }[]): string {
  const measured = categories.filter(({ counts }) => counts.labels > 0);
  const weak = measured.filter(({ counts }) => (ratesOf(counts).f1 ?? 0) < weakBelow).map(({ name }) => name);
  const unlisted = weak.filter((name) => !weakCategories.includes(name));
  const outdated = weakCategories.filter((name) => !weak.includes(name));
  const unmeasured = categories.filter(({ counts }) => counts.labels === 0).map(({ name }) => name);
  return [
    `Weak (F1 under ${weakBelow * 100} %): ${weak.join(', ')}.`,
    `Without a label in these contracts, so not measured: ${unmeasured.join(', ')}.`,
    ...(unlisted.length > 0 ? [`Add to weak-categories.ts: ${unlisted.join(', ')}.`] : []),
    ...(outdated.length > 0 ? [`Remove from weak-categories.ts: ${outdated.join(', ')}.`] : []),
  ].join('\n');
}
