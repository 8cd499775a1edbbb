import { answerTo, isEven, joined, topicOf, type AnyProgram, type EffectTool, type Place } from './program';

/** What the model must know of the world: the final answers. */
export interface Answers {
  /** How often the answer to a topic was rejected in the end. */
  versionOf(topic: string): number;
  /** Whether a call about a topic fails for good. */
  fails(topic: string): boolean;
  /** Whether a person rejects this sign-off and blames nothing. */
  isRefused(topic: string): boolean;
}

/** One question of a clean run. `path` says where in the program it is asked: what comes before what follows from it. */
export interface Asked {
  readonly what: 'write' | 'read' | 'do' | 'sign';
  readonly tool?: EffectTool;
  readonly topic: string;
  readonly path: Path;
  /** In which child, if in one: the places of the children around it. */
  readonly child: string;
}

/** A way into a program: numbers of parts that come one after the other, and of branches that come at once. */
export type Path = readonly { readonly order: 'after' | 'beside'; readonly index: number }[];

export type End =
  { readonly is: 'value'; readonly value: string } | { readonly is: 'failed' } | { readonly is: 'blocked' };

/** What a run comes to when nothing is rejected any more, and what it then has asked and done. */
export interface CleanRun {
  readonly end: End;
  readonly asked: readonly Asked[];
}

/**
 * Imagines a clean run: what the program comes to with the final answers, and in which effects. It is a plain
 * recursion over the program, and knows nothing of journals, passes or time.
 *
 * @param standing how many effects of each question stand, and under `childName` how many children; others block their branch, as at the moment when a pass
 *   has asked all it can before anything new is done. Without it nothing blocks.
 */
export function imagine(program: AnyProgram, answers: Answers, standing?: ReadonlyMap<string, number>): CleanRun {
  const imagination: Imagination = { answers, asked: [], left: standing && new Map(standing), child: '' };
  const end = of(imagination, program, { within: '', before: '', isCaught: false, path: [] });
  return { end, asked: imagination.asked };
}

/** The name under which equal effects are counted. */
export function effectName({ tool, topic }: { readonly tool?: EffectTool; readonly topic: string }): string {
  return `${tool ?? ''} ${topic}`;
}

/** The name under which children are counted. */
export function childName(topic: string): string {
  return `child ${topic}`;
}

/** Whether one question follows another in every run of a program. */
export function comesBefore(first: Asked, second: Asked): boolean {
  for (const [depth, { order, index }] of first.path.entries()) {
    const other = second.path[depth];
    if (other === undefined || other.index !== index) return order === 'after' && index < (other?.index ?? -1);
  }
  return false;
}

interface Imagination {
  readonly answers: Answers;
  readonly asked: Asked[];
  readonly left: Map<string, number> | undefined;
  readonly child: string;
}

interface Spot extends Place {
  readonly path: Path;
}

const failed: End = { is: 'failed' };
const blocked: End = { is: 'blocked' };
const value = (text: string): End => ({ is: 'value', value: text });

function of(imagination: Imagination, program: AnyProgram, spot: Spot): End {
  const { answers, asked, child } = imagination;
  switch (program.do) {
    case 'write': {
      const topic = topicOf(program, spot);
      asked.push({ what: 'write', topic, path: spot.path, child });
      return value(answerTo(topic, answers.versionOf(topic)));
    }
    case 'read': {
      const topic = topicOf(program, spot);
      asked.push({ what: 'read', topic, path: spot.path, child });
      return answers.fails(topic) ? failed : value(answerTo(topic, answers.versionOf(topic)));
    }
    case 'effect':
      return ofEffect(imagination, program, spot);
    case 'sign': {
      const topic = topicOf(program, spot);
      asked.push({ what: 'sign', topic, path: spot.path, child });
      return answers.isRefused(topic) ? failed : value(answerTo(topic));
    }
    case 'sequence':
      return inTurn(program.parts.length, spot, (index, so) => of(imagination, program.parts[index]!, so));
    case 'loop':
      return inTurn(program.roundsMax, spot, (round, so) =>
        round > 0 && isEven(so.before)
          ? value('')
          : of(imagination, program.part, { ...so, within: `${so.within}.${round}` }),
      );
    case 'parallel': {
      const ends = program.parts.map((part, index) =>
        of(imagination, part, { ...spot, path: [...spot.path, { order: 'beside', index }] }),
      );
      return together(ends, spot.isCaught);
    }
    case 'map':
      return ofMap(imagination, program, spot);
    case 'if':
      return of(imagination, isEven(spot.before) ? program.even : program.odd, spot);
    case 'try': {
      const end = of(imagination, program.part, { ...spot, isCaught: true });
      return end.is === 'failed' ? value('caught') : end;
    }
    case 'child':
      return ofChild(imagination, program, spot);
  }
}

function ofEffect(imagination: Imagination, program: AnyProgram & { do: 'effect' }, spot: Spot): End {
  const { answers, asked, left, child } = imagination;
  const topic = topicOf(program, spot);
  const { tool } = program;
  if (!take(left, effectName({ tool, topic }))) return blocked;
  if (answers.fails(topic)) return failed;
  asked.push({ what: 'do', tool, topic, path: spot.path, child });
  return value(answerTo(topic, answers.versionOf(topic)));
}

/** One part after the other; the first that does not come to a value is the end. */
function inTurn(count: number, spot: Spot, work: (index: number, so: Spot) => End): End {
  let before = spot.before;
  for (let index = 0; index < count; index += 1) {
    const end = work(index, { ...spot, before, path: [...spot.path, { order: 'after', index }] });
    if (end.is !== 'value') return end;
    if (end.value !== '') before = joined(before, end.value);
  }
  return value(before);
}

function together(ends: readonly End[], isCaught: boolean): End {
  const isFailed = ends.some(({ is }) => is === 'failed');
  const isBlocked = ends.some(({ is }) => is === 'blocked');
  if (isFailed && !(isCaught && isBlocked)) return failed;
  if (isBlocked) return blocked;
  return value(ends.map((end) => (end.is === 'value' ? end.value : '')).join('&'));
}

/** A map of one at a time is a sequence that stops at a failure; blocked items take places of those to come. */
function ofMap(imagination: Imagination, program: AnyProgram & { do: 'map' }, spot: Spot): End {
  const isOneByOne = program.concurrencyMax === 1;
  const placesMax = isOneByOne || !spot.isCaught ? program.concurrencyMax : program.itemsCount;
  const ends: End[] = [];
  for (let index = 0; index < program.itemsCount; index += 1) {
    if (ends.filter(({ is }) => is === 'blocked').length >= placesMax) return blocked;
    if (isOneByOne && ends.some(({ is }) => is === 'failed')) return failed;
    const path: Path = [...spot.path, { order: isOneByOne ? 'after' : 'beside', index }];
    ends.push(of(imagination, program.part, { ...spot, within: `${spot.within}.${index}`, path }));
  }
  return together(ends, true);
}

/** A child that fails takes back what it did; the process sees one step that failed. */
function ofChild(imagination: Imagination, program: AnyProgram & { do: 'child' }, spot: Spot): End {
  const { answers, asked, left } = imagination;
  const topic = topicOf(program, spot);
  if (!take(left, childName(topic))) return blocked;
  const inner = { answers, asked: [], left: undefined, child: `${imagination.child}/${topic}` };
  const end = of(inner, program.part, { within: spot.within, before: topic, isCaught: false, path: spot.path });
  if (end.is === 'value') asked.push(...inner.asked);
  return end;
}

/** Takes one of what stands, where that matters. */
function take(left: Map<string, number> | undefined, name: string): boolean {
  const count = left?.get(name) ?? 0;
  left?.set(name, count - 1);
  return left === undefined || count > 0;
}
