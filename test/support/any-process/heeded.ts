import type { Driven } from './drive';
import type { CleanRun } from './model';
import type { Happening } from './run-world';

/**
 * A person's rejection of a step must have had an effect: where the process still asks the rejected question in the end,
 * it was asked again, and a writer was told of every rejection of its answers. Not so what a person said of something to
 * be signed: that may be out of date by then.
 */
export function heeded({ asked }: CleanRun, { world: { log }, children }: Driven): string[] {
  const taken = log.filter(({ what, by, came }) => what === 'reject' && by === 'person' && came === 'answered');
  return taken.flatMap((rejection) => {
    const { topic, owner, begun } = rejection;
    const isOf = (one: Happening) => one.topic === topic || children.get(childIn(one.owner)) === topic;
    const isAsked = asked.some((one) => one.topic === topic || one.child.split('/').includes(topic));
    const later = log.filter((one) => one.what !== 'reject' && one.what !== 'undo' && one.begun > begun && isOf(one));
    if (isAsked && later.length === 0) return [`Expected ${topic} to be asked again after it was rejected.`];
    const told = later.findLast((one) => one.what === 'write' && one.topic === topic)?.version ?? Infinity;
    const times = taken.filter((other) => other.topic === topic && other.owner === owner).length;
    if (told >= times) return [];
    return [`Expected the writer on ${topic} to be told of ${times} rejections, not ${told}.`];
  });
}

function childIn(owner: string): string {
  return owner.split('.').slice(0, 2).join('.');
}
