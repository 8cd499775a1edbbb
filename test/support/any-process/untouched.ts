import type { Driven } from './drive';
import { answersIn } from './checks';
import { childName, effectName, imagine } from './model';
import type { AnyCase } from './plan';
import { siteOf } from './program';
import type { Happening } from './run-world';

/**
 * An undo in a run that completed must have a reason: by some rejection before it, the process no longer asked for the
 * effect, or asked for it only after something that had changed. What the process asks before anything new is done
 * is what the model asks when only what stands does not block it.
 */
export function untouched(drawn: AnyCase, { world: { log }, children }: Driven): string[] {
  const rejections = log.filter(({ what }) => what === 'reject');
  const undos = log.filter(({ what, key }, index) => what === 'undo' && isOfRoot(log, key) && isFirst(log, index));
  return undos.flatMap((undo) => {
    // The engine may hear of a rejection later than the world: so what it knew is judged where this go of undos begins, too.
    const moments = rejections
      .filter(({ begun }) => begun < undo.begun)
      .map(({ begun }) => log.find((one) => one.what === 'undo' && one.begun > begun)?.begun ?? undo.begun);
    const isStale = [...moments, ...(moments.length > 0 ? [beginningOf(log, undo)] : [])].some((at) =>
      isUnclaimed({ drawn, children, log: log.filter((one) => one.begun < at) }, undo),
    );
    return isStale ? [] : [`Expected ${effectName(nameable(undo))} not to be touched: it still held.`];
  });
}

/** When the go of undos began that one is of. */
function beginningOf(log: readonly Happening[], undo: Happening): number {
  const before = log.slice(0, log.indexOf(undo)).findLast(({ what }) => what !== 'undo' && what !== 'lookUp');
  return log.find(({ what, begun }) => what === 'undo' && begun > (before?.begun ?? 0))?.begun ?? undo.begun;
}

/** Effects that took place, in the run itself: children undo what they did by rules of their own. */
function isOfRoot(log: readonly Happening[], key: string | undefined): boolean {
  return log.some((one) => tookPlace(one) && one.key === key && !one.owner.includes('.'));
}

function isFirst(log: readonly Happening[], index: number): boolean {
  return !log.slice(0, index).some(({ what, key }) => what === 'undo' && key === log[index]!.key);
}

/** A case as it stood when a sweep began. */
interface Moment {
  readonly drawn: AnyCase;
  readonly children: ReadonlyMap<string, string>;
  readonly log: readonly Happening[];
}

/** Whether not all effects like an undone one are asked for again. */
function isUnclaimed({ drawn, children, log }: Moment, undo: Happening): boolean {
  const done = log.filter((one, index) => tookPlace(one) && isNew(log, index));
  const standing = done.filter(({ key }) => !log.some((one) => one.what === 'undo' && one.key === key));
  const blames = log.filter(({ what }) => what === 'reject');
  const isBlamed = (one: Happening) => blames.some(({ owner, step }) => owner === one.owner && step === one.step);
  const kept = standing.filter((one) => !isBlamed(one) && !isSaidAnew(done, one));
  const lost = new Set([...done.filter((one) => !standing.includes(one)).map(childOf), ...blames.map(blamedChild)]);
  const owners = [...new Set(standing.map(childOf))].filter((owner) => owner !== undefined && !lost.has(owner));
  const names = [
    ...kept.filter((one) => childOf(one) === undefined).map((one) => effectName(nameable(one))),
    ...owners.map((owner) => childName(children.get(owner ?? '') ?? '')),
  ];
  const { asked } = imagine(drawn.program, answersIn(drawn, log), counted(names));
  const claimed = asked.filter(({ what, child }) => what === 'do' && child === '').map(effectName);
  const name = effectName(nameable(undo));
  const all = standing.filter((one) => childOf(one) === undefined && effectName(nameable(one)) === name);
  return claimed.filter((one) => one === name).length < all.length;
}

function tookPlace({ what, version }: Happening): boolean {
  return what === 'do' && version !== undefined;
}

/** Whether it was announced once more: the run forgets an announcement that is no longer asked for, as nothing undoes it. */
function isSaidAnew(done: readonly Happening[], one: Happening): boolean {
  if (one.tool !== 'announce' || siteOf(one.topic) === 'same') return false;
  return done.some(({ owner, topic, begun }) => owner === one.owner && topic === one.topic && begun > one.begun);
}

function isNew(log: readonly Happening[], index: number): boolean {
  return !log.slice(0, index).some((other) => tookPlace(other) && other.key === log[index]!.key);
}

/** The child of the run, if any, in which something was done. */
function childOf({ owner }: Happening): string | undefined {
  const path = owner.split('.');
  return path.length === 1 ? undefined : path.slice(0, 2).join('.');
}

function blamedChild({ owner, step }: Happening): string {
  return `${owner}.${step}`;
}

function nameable({ tool, topic }: Happening) {
  return { topic, ...(tool === undefined ? {} : { tool }) };
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
