import { roundsDefault } from './options';
import { extraTitles } from './plan';
import { serverWays } from './servers/temporal-server';
import { systems } from './systems';
import { works } from './work';
import type { Work } from './work/work';

const whenByDefault: Readonly<Record<Work['extent'], string>> = {
  brief: '',
  whole: '; not in a brief run',
  named: '; only when it is named',
};

function measurable(): string {
  const ofWorks = works.map(({ name, title, extent }): [string, string] => [name, title + whenByDefault[extent]]);
  const ofExtras = Object.entries(extraTitles).map(([name, title]): [string, string] => [
    name,
    title + whenByDefault.whole,
  ]);
  return [...ofWorks, ...ofExtras].map(([name, title]) => `  ${name.padEnd(14)}${title}`).join('\n');
}

/** What the benchmark answers to `--help`. */
export const help = `npm run bench -- [OPTIONS]

Measures Counterpoint beside what one would use instead, in one run, the systems in turn. Without --whole and --only it is
a brief run: what says most in a few minutes. The whole takes some 25 minutes on two cores.

  --whole         everything, but what is measured only when it is named
  --only NAME     only this; may be repeated
  --system NAME   only this system; may be repeated. Systems: ${systems.map(({ name }) => name).join(', ')}
  --server WAY    only a server that is started this way: ${serverWays.join(', ')}. Default: both
  --rounds N      measurements that count, half as many of what takes long. Default: ${roundsDefault.whole}, in a brief run ${roundsDefault.brief}
  --quick         one round in small, to see that it runs, of what is named, or of everything but recovery; the figures
                  mean little
  --json          the figures as JSON in place of the table
  --record        keep what was measured in bench/results, to be compared with from now on; measures as --whole
  --help          this

What can be measured by its name:

${measurable()}

The table goes to standard output, and with it the figures (JSON) and a chart (SVG) to bench/.results, or with --record to
bench/results. What is measured is compared with what bench/results has.
`;
