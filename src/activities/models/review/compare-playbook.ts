import { clauseCategories, type ClauseCategory, type ClauseFinding } from '../../../contracts/clause';
import type { Playbook, PlaybookEntry, PlaybookTest } from '../../../contracts/playbook';
import type { Comparison } from '../../../contracts/risk';
import { phraseStandsIn } from './phrase-stands-in';
import { statedDurations } from './stated-durations';

/** Categories whose durations are notice periods; in all others a notice period is beside the point. */
const aboutNotice: ReadonlySet<ClauseCategory> = new Set([
  'Notice Period To Terminate Renewal',
  'Termination For Convenience',
]);

/**
 * Compares what was found with a playbook: one comparison for each category that was looked for, in the order of the
 * 41. A category that nobody looked for is neither met nor missing.
 *
 * A deal-breaker is tried first, then the position, then the fall-back. Where nothing was found the position is
 * `missing` when it needs a clause, and holds when it asks for none.
 */
export function comparePlaybook(findings: readonly ClauseFinding[], playbook: Playbook): Comparison[] {
  const lookedFor = new Set(findings.map(({ category }) => category));
  return clauseCategories
    .filter((category) => lookedFor.has(category))
    .map((category) => {
      const citations = citationsOf(findings, category);
      const entry = playbook.entries.find((candidate) => candidate.category === category);
      if (!entry) return { category, standing: 'notInPlaybook', severity: null, position: '', advice: '', citations };
      const { deciding, ...judged } = judge(
        entry,
        citations.map(({ quote }) => quote),
      );
      const decidingFirst = citations.sort((a, b) => Number(b.quote === deciding) - Number(a.quote === deciding));
      return { category, ...judged, severity: entry.severity, advice: entry.advice, citations: decidingFirst };
    });
}

function citationsOf(findings: readonly ClauseFinding[], category: ClauseCategory): Comparison['citations'] {
  const clauses = findings.flatMap((finding) => (finding.category === category ? finding.clauses : []));
  const distinct = new Map(clauses.map(({ quote, anchor }) => [`${anchor}\n${quote}`, { quote, anchor }]));
  return [...distinct.values()];
}

interface Judgement extends Pick<Comparison, 'standing' | 'position'> {
  /** The one quote that decided, where it was one. */
  readonly deciding?: string;
}

function judge(entry: PlaybookEntry, quotes: readonly string[]): Judgement {
  const found = quotes.length > 0;
  const { category, dealBreaker, positionTests, fallbackTests = [], dealBreakerTests = [] } = entry;
  const deciding = quotes.find((quote) => breaksTheDeal(category, dealBreakerTests, { quote, quotes }));
  if (dealBreaker !== undefined && deciding !== undefined) {
    return { standing: 'dealBreaker', position: dealBreaker, deciding };
  }
  if (positionTests.every((test) => holds(category, test, quotes))) {
    return { standing: 'meetsPosition', position: entry.position };
  }
  // Phrases to avoid are trivially avoided by a clause that is not there; only `absent` accepts that it is not.
  const applies = found || fallbackTests.some(({ test }) => test === 'absent');
  if (entry.fallback !== undefined && applies && fallbackTests.every((test) => holds(category, test, quotes))) {
    return { standing: 'meetsFallback', position: entry.fallback };
  }
  return { standing: found ? 'deviates' : 'missing', position: entry.position };
}

/**
 * What one clause says is enough, but what it leaves unsaid may stand in its neighbour: a provision is often found as
 * several quotes.
 */
function breaksTheDeal(
  category: ClauseCategory,
  tests: readonly PlaybookTest[],
  { quote, quotes }: { readonly quote: string; readonly quotes: readonly string[] },
): boolean {
  return tests.length > 0 && tests.every((test) => holds(category, test, test.test === 'avoids' ? quotes : [quote]));
}

function holds(category: ClauseCategory, test: PlaybookTest, quotes: readonly string[]): boolean {
  switch (test.test) {
    case 'present':
      return quotes.length > 0;
    case 'absent':
      return quotes.length === 0;
    case 'mentions':
      return test.anyOf.some((phrase) => quotes.some((quote) => phraseStandsIn(phrase, quote)));
    case 'avoids':
      return !test.anyOf.some((phrase) => quotes.some((quote) => phraseStandsIn(phrase, quote)));
    case 'daysAtMost':
      return everyDuration(category, quotes, (days) => days <= test.days);
    case 'daysAtLeast':
      return everyDuration(category, quotes, (days) => days >= test.days);
  }
}

function everyDuration(
  category: ClauseCategory,
  quotes: readonly string[],
  accepts: (days: number) => boolean,
): boolean {
  const stated = quotes.flatMap(statedDurations);
  const relevant = stated.filter(({ notice }) => notice === aboutNotice.has(category));
  const read = relevant.length > 0 ? relevant : stated;
  return read.length > 0 && read.every(({ days }) => days !== null && accepts(days));
}
