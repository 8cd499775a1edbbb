import type { Verdict } from '../../contracts/verdict';
import { inventionsIn } from './facts/inventions';
import { takeApart } from './facts/leaves';
import { nearCopyFinder } from './facts/near-copies';
import { sourcesOf } from './facts/sources';
import type { RuleContext } from './rule';
import { verdictOn } from './verdict-on';

/**
 * Every figure, date, name and quotation of an output stands in its inputs, or follows from them by counting; and a
 * sentence copied from them has lost or gained none. What was added, altered or dropped is named with its place.
 *
 * A field `quote` is a quotation as a whole; a field `id` is the output's own numbering. Artifacts in the input are read; those in the output are not. What a fact
 * is about is not checked: a figure of the input may stand in the wrong sentence.
 *
 * @throws `ArtifactMissing` when an artifact of the input is lost
 */
export async function nothingInvented(output: unknown, { input, artifacts }: RuleContext): Promise<Verdict> {
  const taken = takeApart(output);
  const sources = await sourcesOf(input, taken, artifacts);
  const nearCopies = nearCopyFinder(sources.texts);
  const problems = taken.leaves.flatMap((leaf) => {
    const where = leaf.path === '' ? 'the output' : leaf.path;
    const invented = inventionsIn(leaf, sources).map((fact) => `${where}: ${fact} stands in none of the inputs`);
    if (typeof leaf.value === 'number' || leaf.key === 'quote') return invented;
    const changed = nearCopies(leaf.value).map(
      ({ sentence, added, dropped }) =>
        `${where}: “${sentence.slice(0, 120)}” is copied, but ${changes({ added, dropped })}`,
    );
    return [...invented, ...changed];
  });
  return verdictOn('State only what the inputs say.', problems);
}

function changes({
  added,
  dropped,
}: {
  readonly added: readonly string[];
  readonly dropped: readonly string[];
}): string {
  const told = [
    ...(dropped.length > 0 ? [`“${dropped.join('”, “')}” was dropped`] : []),
    ...(added.length > 0 ? [`“${added.join('”, “')}” was added`] : []),
  ];
  return told.join(' and ');
}
