import type { Preview } from '../../../src/contracts/preview';
import type { Happening } from './run-world';
import type { Warned } from './person';

/**
 * What is undone and asked again after a person's rejection must have been foretold before it. That holds until a gate
 * rejects, too: nobody was warned of that. What began after the preview could not be foretold.
 */
export function foretold(log: readonly Happening[], warned: readonly Warned[]): string[] {
  return [...new Set(warned.map(({ owner }) => owner))].flatMap((owner) => {
    const mine = warned.filter((one) => one.owner === owner);
    const surprise = log.find((one) => one.what === 'reject' && one.by === 'gate' && one.owner === owner)?.begun;
    return log
      .filter(({ begun }) => begun > mine[0]!.at && begun < (surprise ?? Infinity))
      .flatMap((one) => unforetold(log, one, mine));
  });
}

function unforetold(log: readonly Happening[], one: Happening, mine: readonly Warned[]): string[] {
  const reasons = mine.filter(({ at }) => at < one.begun);
  const since = reasons[0]!.at;
  const owner = mine[0]!.owner;
  const earlier = log.filter(({ ended, came }) => ended < since && came === 'answered');
  switch (one.what) {
    case 'undo': {
      const done = earlier.find(({ what, key }) => what === 'do' && key === one.key);
      const step = done && nameIn(owner, done);
      const isKnown = step === undefined || reasons.some(({ preview }) => tellsOf(preview, step));
      return isKnown ? [] : [`Expected the preview to say that ${step} (${one.topic}) would be undone.`];
    }
    case 'write':
    case 'read':
    case 'do': {
      const before = earlier.findLast(
        ({ what, topic, owner: its }) => what === one.what && topic === one.topic && its === owner,
      );
      if (before === undefined || one.owner !== owner || one.topic.startsWith('same')) return [];
      const isKnown = reasons.some(({ preview }) => preview.askedAgain.includes(before.step));
      return isKnown ? [] : [`Expected the preview to say that ${before.step} (${one.topic}) would be asked again.`];
    }
    case 'review':
    case 'lookUp':
    case 'sign':
    case 'reject':
      return [];
  }
}

/** The name of an effect's step as the given run knows it: a child's effect after both; nothing in another run. */
function nameIn(owner: string, { owner: its, step }: Happening): string | undefined {
  if (its === owner) return step;
  return its.startsWith(`${owner}.`) ? [...its.slice(owner.length + 1).split('.'), step].join('/') : undefined;
}

/**
 * Whether a preview tells that an effect would be undone. What a child has done is known to its parent when the child has
 * ended; of one that is still at work a preview can only tell that it would be asked again.
 */
function tellsOf({ undone, askedAgain }: Preview, step: string): boolean {
  const [child = '', ...inner] = step.split('/');
  const isEnded = undone.some((other) => other.startsWith(`${child}/`));
  return undone.includes(step) || (inner.length > 0 && !isEnded && askedAgain.includes(child));
}
