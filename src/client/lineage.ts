import type { JournalEntry } from '../contracts/journal';
import { fragmentsOf, holds, type Fragments } from './fragments';

/** One step was made from another: its input contains what the other answered, or it asked the other itself. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** What a step was made from and what was made from it, directly or through others, in the order of asking. */
export interface Lineage {
  readonly step: string;
  readonly madeFrom: readonly string[];
  readonly made: readonly string[];
  /** The links among all of these. */
  readonly links: readonly Link[];
}

type Asked = Pick<
  JournalEntry,
  'step' | 'question' | 'within' | 'askedAt' | 'endedAt' | 'after' | 'turn' | 'state' | 'answer' | 'approval' | 'struck'
>;

/**
 * Which step was made from which. A step was made from another when its input contains what the other answered, found
 * anywhere in it, and the other was answered before it was asked. What an answer only repeats of its own input was not
 * made there; an approval's subject was, since a person let it pass. What still counts was made from nothing that was
 * struck. What a process only based a condition on is not seen.
 *
 * @param inputs what each step was asked with, by the step's name; an approval's subject is in its entry
 */
export function lineageOf(entries: readonly Asked[], inputs: ReadonlyMap<string, unknown>): Link[] {
  const own = new Map(entries.map((entry) => [entry.step, fragmentsOf(inputOf(entry, inputs))]));
  const read = entries.map((entry) => ({
    entry,
    // What the engine asks within a step shows a draft of that step: what it was made from is what the step was.
    input: own.get(outermostOf(entry, entries)) ?? nothing,
    made: madeHere(entry, own.get(entry.step) ?? nothing),
  }));
  return read.flatMap(({ entry: to, input }) =>
    read
      .filter(({ entry: from, made }) => {
        if (from === to || !mayCount(from, to)) return false;
        if (from.within !== undefined) return from.within === to.step;
        return made !== undefined && isBefore(from, to) && isMadeFrom(input, made);
      })
      .map(({ entry: from }) => ({ from: from.step, to: to.step })),
  );
}

const nothing = fragmentsOf(null);

function inputOf({ step, approval }: Asked, inputs: ReadonlyMap<string, unknown>): unknown {
  return approval === undefined ? inputs.get(step) : approval.subject;
}

function outermostOf({ step, within }: Asked, entries: readonly Asked[]): string {
  const asker = within === undefined ? undefined : entries.find((entry) => entry.step === within);
  return asker === undefined ? step : outermostOf(asker, entries);
}

/** The links around one step. */
export function lineageAround(step: string, entries: readonly Asked[], links: readonly Link[]): Lineage {
  const order = entries.map((entry) => entry.step);
  const reached = (next: (at: string) => string[]) => {
    const found = new Set<string>();
    for (const queue = next(step); queue.length > 0;) {
      const at = queue.pop() ?? step;
      if (found.has(at) || at === step) continue;
      found.add(at);
      queue.push(...next(at));
    }
    return order.filter((one) => found.has(one));
  };
  const madeFrom = reached((at) => links.filter(({ to }) => to === at).map(({ from }) => from));
  const made = reached((at) => links.filter(({ from }) => from === at).map(({ to }) => to));
  const isAmong = (some: readonly string[]) => {
    const all = new Set([step, ...some]);
    return ({ from, to }: Link) => all.has(from) && all.has(to);
  };
  const [isUp, isDown] = [isAmong(madeFrom), isAmong(made)];
  return { step, madeFrom, made, links: links.filter((link) => isUp(link) || isDown(link)) };
}

/** What an answer brought that its step's input did not hold; nothing when there is no answer. */
function madeHere({ state, answer, question }: Asked, input: Fragments): Fragments | undefined {
  if (state !== 'answered' || answer === undefined) return undefined;
  const all = fragmentsOf(answer);
  if (question.kind === 'approval') return all;
  return {
    strings: all.strings.filter((text) => !holds(input, text)),
    structures: new Set([...all.structures].filter((json) => !input.structures.has(json))),
  };
}

function isMadeFrom(input: Fragments, made: Fragments): boolean {
  for (const json of made.structures) if (input.structures.has(json)) return true;
  return made.strings.some((text) => holds(input, text));
}

function mayCount(from: Asked, to: Asked): boolean {
  return from.struck === undefined || to.struck !== undefined;
}

/**
 * By the clock; or, for what still counts, by the order in which a pass was given its answers: an answer that was
 * rejected and came again is newer than what was made of it and stood.
 */
function isBefore({ turn, endedAt }: Asked, { after, askedAt, struck }: Asked): boolean {
  const isGivenBefore = struck === undefined && turn !== undefined && turn < after;
  return isGivenBefore || (endedAt !== undefined && endedAt <= askedAt);
}
