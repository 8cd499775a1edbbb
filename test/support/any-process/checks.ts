import { comesBefore, effectName, imagine, type Answers, type Asked, type CleanRun } from './model';
import { failsForGood, firstVersionOf, type AnyCase } from './plan';
import { siteOf } from './program';
import type { Deed, Happening } from './run-world';
import type { Driven } from './drive';
import { foretold } from './foretold';
import { heeded } from './heeded';
import { nothingTwice, pivotsAtQuietPoints, pivotsLast } from './order-checks';
import { untouched } from './untouched';

/** Everything that is wrong with what became of a drawn run, held against a clean run with the final answers. */
export function wrongsOf(drawn: AnyCase, driven: Driven): string[] {
  const { world, result, troubles } = driven;
  if (result === 'did not end') return ['The run did not end.', ...troubles];
  const clean = imagine(drawn.program, answersIn(drawn, world.log));
  const isCancelled =
    'failure' in result && result.failure.type === 'Cancelled' && drawn.plan.cancelledAfter !== undefined;
  const isDone = clean.end.is === 'value' && !isCancelled;
  return [
    ...troubles,
    ...outcome(isDone ? clean : { ...clean, end: { is: 'failed' } }, driven),
    ...(isDone ? completedWorld(clean, driven) : initialWorld(driven)),
    ...nothingTwice(world.log, (topic) => failsForGood(drawn.plan, topic)),
    ...driven.outOfOrder,
    ...pivotsAtQuietPoints(world.log),
    ...(isDone ? completedWrongs(drawn, driven, clean) : []),
  ];
}

/** What is wrong with the way on which a run came to its completion. */
export function completedWrongs(drawn: AnyCase, driven: Driven, clean: CleanRun): string[] {
  const { log } = driven.world;
  return [
    ...inOrder(clean, log),
    ...pivotsLast(clean, log),
    ...heeded(clean, driven),
    ...untouched(drawn, driven),
    ...foretold(log, driven.warned),
  ];
}

/** The final answers: how often each had been rejected when it was last given. */
export function answersIn({ plan }: AnyCase, log: readonly Happening[]): Answers {
  const versions = new Map<string, number>();
  for (const { topic, version } of log) {
    if (version !== undefined) versions.set(topic, version);
  }
  return {
    versionOf: (topic) => versions.get(topic) ?? firstVersionOf(plan, topic),
    fails: (topic) => failsForGood(plan, topic),
    isRefused: (topic) => plan.refusals.includes(siteOf(topic)),
  };
}

/** A pivot that stands although it is no longer asked for keeps a run from being called completed or rolled back. */
function outcome({ end, asked }: CleanRun, { result, world }: Driven): string[] {
  if (result === 'did not end') return [];
  const came = 'value' in result ? `${result.outcome} with ${String(result.value)}` : result.outcome;
  const paid = standingIn(world).filter(({ tool }) => tool === 'pay').length;
  const isPaidInVain = paid > asked.filter(({ tool }) => tool === 'pay').length;
  const isDoubted = isInDoubt(world.log, 'failure' in result && result.failure.type === 'Cancelled');
  if (end.is === 'value') {
    const expected = [
      ...(isPaidInVain ? [] : [`completed with ${end.value}`]),
      ...(isPaidInVain || isDoubted ? [`completedPartially with ${end.value}`] : []),
    ];
    return expected.includes(came) ? [] : [`Expected ${expected.join(' or ')}, not ${came}.`];
  }
  const expected = [...(paid > 0 ? [] : ['rolledBack', 'rejected']), ...(paid > 0 || isDoubted ? ['needsRepair'] : [])];
  return expected.includes(came) ? [] : [`Expected ${expected.join(' or ')}, not ${came}.`];
}

/**
 * Whether a pivot failed and nobody may have come to say what became of it: it was no longer asked for, or the run was
 * cancelled. Then a run rightly ends with the doubt.
 */
function isInDoubt(log: readonly Happening[], isCancelled: boolean): boolean {
  return log.some((one, index) => {
    const later = log.slice(index + 1);
    const isLeft = isCancelled || later.some(({ what }) => what === 'reject');
    const isLast = !later.some(({ what, key }) => what === 'do' && key === one.key);
    return one.what === 'do' && one.tool === 'pay' && one.came === 'broken' && isLast && isLeft;
  });
}

/** What stands must be what a clean run does; what is never undone may stand, too, when it is no longer asked for. */
function completedWorld({ asked }: CleanRun, { world }: Driven): string[] {
  const expected = counted(asked.filter(({ what }) => what === 'do'));
  const standing = counted(standingIn(world));
  return [...new Set([...expected.keys(), ...standing.keys()])].flatMap((name) => {
    const [should, does] = [expected.get(name) ?? 0, standing.get(name) ?? 0];
    const isEnough = name.startsWith('book') ? should === does : should <= does;
    return isEnough ? [] : [`Expected ${should} of the effect ${name} to stand, not ${does}.`];
  });
}

function initialWorld({ world }: Driven): string[] {
  return standingIn(world)
    .filter(({ tool }) => tool === 'book')
    .map((deed) => `Expected the effect ${effectName(deed)} not to stand after the run was rolled back.`);
}

function standingIn({ deeds }: Driven['world']): Deed[] {
  return [...deeds.values()].filter(({ state }) => state === 'stands');
}

/**
 * What a clean run asks after an effect must have been asked, for the last time, after the effect was done. Only a
 * pivot is not done again, and a person's word on the same subject is kept.
 */
function inOrder({ asked }: CleanRun, log: readonly Happening[]): string[] {
  const effects = asked.filter(({ what, topic }) => what === 'do' && siteOf(topic) !== 'same');
  return effects.flatMap((effect) =>
    asked.flatMap((next) => {
      if (siteOf(next.topic) === 'same' || next.tool === 'pay' || next.what === 'sign' || !comesBefore(effect, next))
        return [];
      const [done, then] = [lastOf(log, effect), lastOf(log, next)];
      if (done === undefined || then === undefined || done.ended < then.begun) return [];
      return [`Expected ${next.topic} to be asked again after ${effectName(effect)} was done anew.`];
    }),
  );
}

function lastOf(log: readonly Happening[], { what, topic }: Asked): Happening | undefined {
  return log.findLast((one) => one.what === what && one.topic === topic);
}

function counted(effects: readonly { readonly tool?: Asked['tool'] & string; readonly topic: string }[]) {
  const counts = new Map<string, number>();
  for (const effect of effects) counts.set(effectName(effect), (counts.get(effectName(effect)) ?? 0) + 1);
  return counts;
}
