import * as z from 'zod/mini';
import { Section, type ClauseCategory, type ClauseFinding, type Contract } from '../../contracts/clause';
import type { Verdict } from '../../contracts/verdict';
import type { RuleContext } from './rule';
import { verdictOn } from './verdict-on';

/**
 * Every clause is of the category that was asked for, stands in the contract character by character where it says, in
 * the section it names, and is found once. Whether one is missing, no rule can tell.
 *
 * @throws `ArtifactMissing` when the contract is lost
 */
export async function clausesStandInPlace(
  { category, clauses }: ClauseFinding,
  { input, artifacts }: RuleContext<{ readonly contract: Contract; readonly category: ClauseCategory }>,
): Promise<Verdict> {
  const read = async (artifact: Contract['text']): Promise<string> =>
    Buffer.from(await artifacts.get(artifact)).toString('utf8');
  const text = await read(input.contract.text);
  const sections = z.array(Section).parse(JSON.parse(await read(input.contract.sections)));
  const places = clauses.map(({ start, end }) => `${start}-${end}`);
  const problems = clauses.flatMap((clause, index) => {
    const where = `clauses.${index}`;
    const own = sections.find(({ anchor }) => anchor === clause.anchor);
    const isInside = own !== undefined && own.start <= clause.start && clause.start < own.end;
    return [
      ...(clause.category === input.category ? [] : [`${where}: is of ${clause.category}, not ${input.category}`]),
      ...(text.slice(clause.start, clause.end) === clause.quote
        ? []
        : [`${where}: its quote is not what stands from ${clause.start} to ${clause.end}`]),
      ...(isInside ? [] : [`${where}: does not begin in the section ${clause.anchor}`]),
      ...(places.indexOf(places[index] ?? '') === index ? [] : [`${where}: the same passage was quoted before`]),
    ];
  });
  return verdictOn(`These clauses of ${input.category} are wrong.`, [
    ...(category === input.category ? [] : [`category: is ${category}, not ${input.category}`]),
    ...problems,
  ]);
}
