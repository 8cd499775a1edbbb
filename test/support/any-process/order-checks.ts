import { comesBefore, type Asked, type CleanRun } from './model';
import type { Happening } from './run-world';

/** No call is made again after its answer came, none under a dead key, and no undo overtakes what it undoes. */
export function nothingTwice(log: readonly Happening[], isRefused: (topic: string) => boolean): string[] {
  const effects = log.filter(({ what }) => what === 'do' || what === 'undo');
  return effects.flatMap((one, index) => {
    const earlier = effects.slice(0, index);
    const { what, topic, key, owner, came } = one;
    const isAgain = earlier.some((other) => other.what === what && other.key === key && other.came === 'answered');
    // What never took place may be sealed more than once.
    const again = isAgain && (what === 'do' || tookPlace(log, key));
    const isBeside = (kind: Happening['what']) =>
      earlier.some((other) => other.what === kind && isDuring(other, one) && other.owner === owner);
    const overtaken = what === 'undo' && tookPlace(log, key) && isBeside('do');
    const overtaking = what === 'do' && isBeside('undo');
    return [
      ...(again ? [`Expected no second ${what} of ${topic} after the first was answered.`] : []),
      ...(overtaken ? [`Expected the undo of ${topic} to begin only when nothing else was under way.`] : []),
      ...(overtaking ? [`Expected ${topic} not to be done while something was being undone.`] : []),
      ...(what === 'do' && came === 'refused' && !isRefused(topic)
        ? [`Expected no attempt at ${topic} under a key that is dead.`]
        : []),
    ];
  });
}

function isDuring(other: Happening, { begun }: Happening): boolean {
  return other.begun < begun && begun < other.ended;
}

/** An effect that was undone before another, although it is older by the world's clock. */
export interface OutOfOrder {
  readonly older: readonly Happening[];
  readonly newer: readonly Happening[];
  readonly wrong: string;
}

/**
 * Of two effects that are undone in one go, the newer is undone first: this finds those that seem not to be. Effects
 * that overlapped have no order; a child is undone as a whole, so its effects are set against others as one.
 */
export function seemOutOfOrder(log: readonly Happening[]): OutOfOrder[] {
  return goesOf(log).flatMap((go) =>
    go.flatMap((earlier, index) =>
      go.slice(index + 1).flatMap((later) => {
        const [older, newer] = [doneWith(log, earlier, later), doneWith(log, later, earlier)];
        if (endOf(older) >= Math.min(...newer.map(({ begun }) => begun))) return [];
        return [
          { older, newer, wrong: `Expected ${later.topic} to be undone before ${earlier.topic}, which is older.` },
        ];
      }),
    ),
  );
}

/**
 * Runs of undos without anything else in between; of several attempts the first begins it, and the last ends it. What
 * a further rejection made stale was not to be undone until then: so a new run begins with a rejection, and what began
 * while nobody could know whether it was taken already belongs to none.
 */
function goesOf(log: readonly Happening[]): Happening[][] {
  const goes: Happening[][] = [[]];
  let takenBy = 0;
  let isInterrupted = false;
  for (const one of log) {
    const go = goes.at(-1)!;
    if (one.what === 'lookUp' || (one.what === 'undo' && !tookPlace(log, one.key))) continue;
    if (one.what === 'undo') {
      if (isInterrupted || one.begun < takenBy) continue;
      const before = go.find(({ key }) => key === one.key);
      if (before === undefined) go.push({ ...one });
      else before.ended = one.ended;
    } else {
      if (one.what === 'reject') takenBy = Math.max(takenBy, one.ended);
      isInterrupted = one.by === 'gate' && (isInterrupted || go.length > 0);
      goes.push([]);
    }
  }
  return goes;
}

/** The calls that an undo takes back; where it belongs to a child that the other is not of, all that the child did. */
function doneWith(log: readonly Happening[], undo: Happening, other: Happening): Happening[] {
  const calls = log.filter(({ what, begun }) => what === 'do' || (what === 'lookUp' && begun < undo.begun));
  const ownerOf = ({ key }: Happening) => calls.find((one) => one.key === key)?.owner.split('.') ?? [];
  const [mine, others] = [ownerOf(undo), ownerOf(other)];
  const parting = mine.findIndex((segment, index) => others[index] !== segment);
  const child = mine.slice(0, parting + 1);
  return calls.filter(({ key, owner }) =>
    parting === -1 ? key === undo.key : child.every((segment, index) => owner.split('.')[index] === segment),
  );
}

function endOf(calls: readonly Happening[]): number {
  return Math.max(...calls.map(({ ended }) => ended));
}

/** Whether something was done under a key. */
function tookPlace(log: readonly Happening[], key: string | undefined): boolean {
  return log.some((one) => one.what === 'do' && one.key === key && one.version !== undefined);
}

/** The call of a pivot begins only when no call of its run is under way; a rejection does not call back its further tries. */
export function pivotsAtQuietPoints(log: readonly Happening[]): string[] {
  const pivots = log.filter(({ tool, what }) => tool === 'pay' && what === 'do');
  return pivots
    .filter((pivot) => !pivots.some((earlier) => isFurtherTry(pivot, earlier)))
    .flatMap((pivot) =>
      log
        .filter((other) => isDuring(other, pivot) && other.tool !== 'pay' && !isWord(other))
        .map((other) => `Expected the pivot ${pivot.topic} to wait for the ${other.what} of ${other.topic}.`),
    );
}

function isFurtherTry({ call, owner, begun }: Happening, earlier: Happening): boolean {
  return call !== undefined && earlier.call === call && earlier.owner === owner && earlier.begun < begun;
}

/** In a run in which nothing was rejected, a pivot comes after everything that does not come after it. */
export function pivotsLast({ asked }: CleanRun, log: readonly Happening[]): string[] {
  if (log.some(({ what }) => what === 'reject')) return [];
  return asked
    .filter(({ tool, child }) => tool === 'pay' && child === '')
    .flatMap((pivot) => {
      const begun = log.find(
        ({ what, topic, tool }) => what === 'do' && tool === 'pay' && topic === pivot.topic,
      )?.begun;
      const others = asked.filter((other) => other.tool !== 'pay' && !comesBefore(pivot, other));
      return others
        .filter((other) => cameAt(log, other) > (begun ?? Infinity))
        .map(({ what, topic }) => `Expected the pivot ${pivot.topic} to come after the ${what} of ${topic}.`);
    });
}

/** When an answer came; a person's word is taken some time before the person knows that it was. */
function cameAt(log: readonly Happening[], { what, topic }: Asked): number {
  const call = log.find((one) => one.what === what && one.topic === topic);
  return (what === 'sign' ? call?.begun : call?.ended) ?? 0;
}

function isWord({ what }: Happening): boolean {
  return what === 'sign' || what === 'reject';
}
