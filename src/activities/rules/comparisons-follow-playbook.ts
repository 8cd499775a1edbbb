import type { Artifact } from '../../contracts/artifact';
import type { ClauseFinding } from '../../contracts/clause';
import type { Comparison } from '../../contracts/risk';
import type { Verdict } from '../../contracts/verdict';
import { comparePlaybook } from '../models/review/compare-playbook';
import { parsePlaybook } from '../models/review/read-playbook';
import type { RuleContext } from './rule';
import { verdictOn } from './verdict-on';

/**
 * One comparison for each category that was looked for, as the playbook's tests have it: they are exact, so the rule
 * runs them itself. The order of comparisons and citations is free.
 *
 * @throws `ArtifactMissing`, `PlaybookInvalid` when the playbook is lost or cannot be read
 */
export async function comparisonsFollowPlaybook(
  output: readonly Comparison[],
  { input, artifacts }: RuleContext<{ readonly findings: readonly ClauseFinding[]; readonly playbook: Artifact }>,
): Promise<Verdict> {
  const playbook = parsePlaybook(Buffer.from(await artifacts.get(input.playbook)).toString('utf8'));
  const right = comparePlaybook(input.findings, playbook);
  const problems = right.flatMap((expected) => {
    const own = output.filter(({ category }) => category === expected.category);
    const [given] = own;
    if (given === undefined || own.length > 1)
      return [`${expected.category}: is compared ${own.length} times, not once`];
    return differences(given, expected).map((difference) => `${expected.category}: ${difference}`);
  });
  const foreign = output.filter(({ category }) => !right.some((expected) => expected.category === category));
  return verdictOn('These comparisons do not follow from the playbook and the clauses.', [
    ...problems,
    ...foreign.map(({ category }) => `${category}: nobody looked for it`),
  ]);
}

function differences(given: Comparison, expected: Comparison): string[] {
  const plain = (['standing', 'severity', 'position', 'advice'] as const).flatMap((field) =>
    given[field] === expected[field]
      ? []
      : [`${field} is “${given[field] ?? 'none'}”, not “${expected[field] ?? 'none'}”`],
  );
  const cited = keysOf(given);
  const clauses = keysOf(expected);
  return [
    ...plain,
    ...clauses.filter((key) => !cited.includes(key)).map((key) => `does not cite ${key}`),
    ...cited.filter((key) => !clauses.includes(key)).map((key) => `cites what was not found for it: ${key}`),
    ...(new Set(cited).size === cited.length ? [] : ['cites a clause twice']),
  ];
}

function keysOf({ citations }: Comparison): string[] {
  return citations.map(({ quote, anchor }) => `${anchor} “${quote}”`);
}
