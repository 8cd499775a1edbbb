import type { Driven } from './drive';
import { partsOf } from './draw';
import type { AnyCase } from './plan';
import type { AnyProgram } from './program';
import type { Happening } from './run-world';

/** Everything about a case that went wrong, for whoever has to find out why. */
export function reportOf(finding: {
  readonly drawn: AnyCase;
  readonly driven: Driven;
  readonly wrongs: readonly string[];
}): string {
  const { drawn, driven, wrongs } = finding;
  return [
    ...wrongs.map((wrong) => `- ${wrong}`),
    `program: ${textOf(drawn.program)}`,
    `plan: ${JSON.stringify(drawn.plan)}`,
    `result: ${JSON.stringify(driven.result)}`,
    'the world saw (begun-ended):',
    ...driven.world.log.map(lineOf),
    ...driven.warned.map(
      ({ at, preview }) =>
        `  preview at ${at} of ${preview.reject}: undone ${preview.undone.join()}; asked again ${preview.askedAgain.join()}`,
    ),
    `case: ${JSON.stringify(drawn)}`,
  ].join('\n');
}

function lineOf({ begun, ended, what, topic, version, came, owner, step, tool }: Happening): string {
  const which = version === undefined ? '' : `@${version}`;
  return `  ${begun}-${ended} ${[what, tool ?? ''].join(' ')} ${topic}${which} ${came} (${owner} ${step})`;
}

function textOf(program: AnyProgram): string {
  const name = program.do === 'effect' ? program.tool : program.do;
  const leaf = 'site' in program ? ` ${program.site}${{ nothing: '', parity: '?', all: '<' }[program.uses]}` : '';
  const counts = [
    'itemsCount' in program ? ` ${program.itemsCount}×, ${program.concurrencyMax} at once` : '',
    'roundsMax' in program ? ` up to ${program.roundsMax}×` : '',
  ].join('');
  const parts = partsOf(program);
  return `${name}${leaf}${counts}${parts.length > 0 ? `(${parts.map(textOf).join(', ')})` : ''}`;
}
