import type { JournalEntry } from '../contracts/journal';
import type { Lineage, Link } from './lineage';
import { oneLine } from './terminal';

/** More steps of one name with the same origins than this are drawn as one line. */
const foldedAbove = 4;

type Named = Pick<JournalEntry, 'step' | 'about' | 'question' | 'struck' | 'within'>;

/** A branch of the tree: one step, or several of one name that come from the same. */
interface Branch {
  readonly steps: readonly Named[];
}

/**
 * What a step was made from, and what was made from it, as two trees. A step that another of the same branch was made
 * from as well stands beneath that one only; what was drawn once is not drawn again.
 */
export function describeLineage({ step, links }: Lineage, entries: readonly Named[]): string {
  const about = new Map(entries.map((entry) => [entry.step, entry]));
  const drawn = (direction: 'up' | 'down') => {
    const lines = branchesOf(step, { direction, about, links: reduced(links, about), seen: new Set(), indent: '' });
    return lines.length === 0 ? ['└─ nothing'] : lines;
  };
  const self = about.get(step);
  return [
    `${self === undefined ? step : lineOf({ steps: [self] })} was made from`,
    ...drawn('up'),
    '',
    'From it was made',
    ...drawn('down'),
  ].join('\n');
}

interface Drawing {
  readonly direction: 'up' | 'down';
  readonly about: ReadonlyMap<string, Named>;
  readonly links: readonly Link[];
  readonly seen: Set<string>;
  readonly indent: string;
}

function branchesOf(step: string, drawing: Drawing): string[] {
  const { seen, indent } = drawing;
  const branches = folded(nextOf(step, drawing), drawing);
  return branches.flatMap((branch, index) => {
    const isLast = index === branches.length - 1;
    const [first] = branch.steps;
    const name = first?.step ?? '';
    const isAgain = seen.has(name);
    for (const one of branch.steps) seen.add(one.step);
    const beneath = { ...drawing, indent: `${indent}${isLast ? '   ' : '│  '}` };
    const hasMore = nextOf(name, drawing).length > 0;
    return [
      `${indent}${isLast ? '└─ ' : '├─ '}${lineOf(branch)}${isAgain && hasMore ? ' (as above)' : ''}`,
      ...(isAgain ? [] : branchesOf(name, beneath)),
    ];
  });
}

function nextOf(step: string, { direction, links }: Pick<Drawing, 'direction' | 'links'>): string[] {
  return direction === 'up'
    ? links.filter(({ to }) => to === step).map(({ from }) => from)
    : links.filter(({ from }) => from === step).map(({ to }) => to);
}

function folded(steps: readonly string[], drawing: Drawing): Branch[] {
  const groups = new Map<string, Named[]>();
  for (const step of steps) {
    const named = drawing.about.get(step);
    if (named === undefined) continue;
    const key = [named.question.name, named.struck?.why, ...nextOf(step, drawing)].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), named]);
  }
  return [...groups.values()].flatMap((same) =>
    same.length > foldedAbove ? [{ steps: same }] : same.map((one) => ({ steps: [one] })),
  );
}

function lineOf({ steps }: Branch): string {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return '';
  const why = first.struck === undefined ? '' : `, ${first.struck.why}`;
  if (steps.length > 1) return `${first.question.name} × ${steps.length} (${first.step} … ${last.step})${why}`;
  return `${first.step}${first.about === '' ? '' : ` (${oneLine(first.about).slice(0, 60)})`}${why}`;
}

/**
 * The links that no other path stands for. What was asked within a step stands beside what that step was made from: no
 * path leads through it, and what went into both is drawn with the step.
 */
function reduced(links: readonly Link[], about: ReadonlyMap<string, Named>): Link[] {
  const askerOf = (step: string) => about.get(step)?.within;
  const next = new Map<string, string[]>();
  for (const { from, to } of links) {
    if (askerOf(to) === undefined) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const isReached = (from: string, to: string) => {
    const seen = new Set<string>();
    const queue = (next.get(from) ?? []).filter((one) => one !== to);
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (at === to) return true;
      if (seen.has(at) || at === from) continue;
      seen.add(at);
      queue.push(...(next.get(at) ?? []));
    }
    return false;
  };
  return links.filter(
    ({ from, to }) => !isReached(from, askerOf(to) ?? to) && !next.get(from)?.includes(askerOf(to) ?? ''),
  );
}
