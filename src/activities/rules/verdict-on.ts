import type { Verdict } from '../../contracts/verdict';

/** How many problems the feedback names. */
const namedMax = 12;
const problemCharactersMax = 300;
const feedbackCharactersMax = 4_000;

/** Accepts an output without problems; else sends it back with the first of them, each on a line. */
export function verdictOn(opening: string, problems: readonly string[]): Verdict {
  if (problems.length === 0) return { verdict: 'accept' };
  const more = problems.length > namedMax ? [`and ${problems.length - namedMax} more`] : [];
  const named = problems.slice(0, namedMax).map((problem) => problem.slice(0, problemCharactersMax));
  const feedback = [opening, ...[...named, ...more].map((problem) => `- ${problem}`)].join('\n');
  return { verdict: 'retry', feedback: feedback.slice(0, feedbackCharactersMax) };
}
