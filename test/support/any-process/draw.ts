import fc from 'fast-check';
import type { AnyCase, Fault, GatePlan, Plan, UndoFault } from './plan';
import type { AnyProgram, EffectTool, Uses } from './program';

const site = fc.constant('');
const uses = fc.constantFrom<Uses>('nothing', 'nothing', 'parity', 'all');
const plain = (kind: 'write' | 'read' | 'sign') => fc.record({ do: fc.constant(kind), site, uses });
const effect = (tool: EffectTool, weightOfSame: number) =>
  fc.record({
    do: fc.constant('effect' as const),
    tool: fc.constant(tool),
    site: fc.oneof({ weight: 10, arbitrary: site }, { weight: weightOfSame, arbitrary: fc.constant('same') }),
    uses,
  });

const leaf = fc.oneof(
  { weight: 5, arbitrary: plain('write') },
  { weight: 2, arbitrary: plain('read') },
  { weight: 2, arbitrary: plain('sign') },
  { weight: 7, arbitrary: effect('book', 2) },
  { weight: 1, arbitrary: effect('announce', 0) },
);

const { inner } = fc.letrec<{ inner: AnyProgram }>((tie) => {
  const parts = fc.array(tie('inner'), { minLength: 2, maxLength: 3 });
  return {
    inner: fc.oneof(
      { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
      { weight: 7, arbitrary: leaf },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('sequence' as const), parts }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('parallel' as const), parts }) },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('map' as const),
          itemsCount: fc.integer({ min: 0, max: 3 }),
          concurrencyMax: fc.integer({ min: 1, max: 3 }),
          part: tie('inner'),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('loop' as const),
          roundsMax: fc.integer({ min: 1, max: 3 }),
          part: tie('inner'),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('if' as const), even: tie('inner'), odd: tie('inner') }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('try' as const), part: tie('inner') }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('child' as const), site, uses, part: tie('inner') }) },
    ),
  };
});

/** How a process ends: with a pivot, if it has one, or with little after it, as one that cannot be undone should be. */
const last = fc.oneof(
  { weight: 5, arbitrary: fc.constant<AnyProgram[]>([]) },
  { weight: 3, arbitrary: plain('sign').map((sign): AnyProgram[] => [sign]) },
  { weight: 1, arbitrary: effect('pay', 0).map((pay): AnyProgram[] => [pay]) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(effect('pay', 0), inner)
      .map(([pay, beside]): AnyProgram[] => [{ do: 'parallel', parts: [pay, beside] }]),
  },
  { weight: 1, arbitrary: fc.tuple(effect('pay', 0), inner).map((both): AnyProgram[] => both) },
);

const program = fc
  .tuple(fc.array(inner, { minLength: 2, maxLength: 4 }), last)
  .map(([first, then]) => numbered({ do: 'sequence', parts: [...first, ...then] }));

const undoFaults = ['brokenBefore', 'brokenAfter', 'blockedOnce', 'blocked'] as const satisfies UndoFault[];
/** The last is for effects that can be looked up. */
const faults = [
  'refused',
  'refusedAtTimes',
  'lost',
  'brokenBefore',
  'brokenAfter',
  'answerLost',
] as const satisfies Fault[];
const chance = fc.integer({ min: 0, max: 0x7fffffff });

/** One drawn run: a process of three to a dozen steps, and what goes wrong with it. */
export const anyCase: fc.Arbitrary<AnyCase> = fc
  .tuple(program, chance, fc.infiniteStream(chance))
  .filter(([drawn]) => leavesOf(drawn).length >= 3 && leavesOf(drawn).length <= 12)
  .map(([drawn, seed, chances]) => ({ seed, program: drawn, plan: planFor(drawn, chances) }));

function planFor(drawn: AnyProgram, chances: Iterator<number>): Plan {
  const next = (below: number): number => (chances.next().value as number) % below; // the stream is infinite
  const isOnce = (times: number) => next(times) === 0;
  const leaves = leavesOf(drawn);
  const sites = (kinds: readonly AnyProgram['do'][], times: number) =>
    leaves.flatMap((one) => (kinds.includes(one.do) && isOnce(times) ? [one.site] : []));
  const signs = sites(['sign'], 1);
  const rejectionsCount = isOnce(3) ? 0 : 1 + next(3);
  const interruptionsCount = signs.length === 0 ? rejectionsCount : next(rejectionsCount + 1);
  const rejections = Array.from({ length: rejectionsCount - interruptionsCount }, () => ({
    at: signs[next(signs.length)]!,
    blames: next(100),
  }));
  const interruptions = Array.from({ length: interruptionsCount }, () => ({ after: 1 + next(10), blames: next(100) }));
  const planned = <Planned>(from: readonly string[], plan: () => Planned) =>
    Object.fromEntries(from.map((one) => [one, plan()]));
  return {
    faults: Object.fromEntries(
      leaves
        .filter((one) => (one.do === 'effect' || one.do === 'read') && isOnce(5))
        .map((one) => [one.site, faults[next(canBeLookedUp(one) ? faults.length : faults.length - 1)]!]),
    ),
    undoFaults: planned<UndoFault>(sites(['effect'], 6), () => undoFaults[next(undoFaults.length)]!),
    gates: planned<GatePlan>(sites(['write'], 7), () => ({
      blames: isOnce(2) ? 'itself' : 'another',
      times: 1 + next(2),
    })),
    refusals: sites(['sign'], 12),
    rejections,
    interruptions,
    ...(isOnce(12) ? { cancelledAfter: 1 + next(10) } : {}),
    ...(isOnce(8) ? { stepsPerExecutionMax: 1 + next(4) } : {}),
  };
}

function canBeLookedUp(one: Leaf): boolean {
  return one.do === 'effect' && one.tool !== 'announce';
}

type Leaf = Extract<AnyProgram, { readonly site: string }>;

/** The parts of a program that ask something. */
export function leavesOf(drawn: AnyProgram): Leaf[] {
  const own = 'site' in drawn ? [drawn] : [];
  return [...own, ...partsOf(drawn).flatMap(leavesOf)];
}

/** The parts that a program is made of. */
export function partsOf(drawn: AnyProgram): readonly AnyProgram[] {
  if ('parts' in drawn) return drawn.parts;
  if ('part' in drawn) return [drawn.part];
  return 'even' in drawn ? [drawn.even, drawn.odd] : [];
}

/** The program made of other parts. */
export function withParts(drawn: AnyProgram, parts: readonly AnyProgram[]): AnyProgram {
  if ('parts' in drawn) return { ...drawn, parts };
  if ('part' in drawn) return { ...drawn, part: parts[0]! };
  return 'even' in drawn ? { ...drawn, even: parts[0]!, odd: parts[1]! } : drawn;
}

/** Gives each place a name of its own, unless it has one. */
function numbered(drawn: AnyProgram): AnyProgram {
  let count = 0;
  const naming = (one: AnyProgram): AnyProgram => {
    const named = 'site' in one && one.site === '' ? { ...one, site: `s${++count}` } : one;
    return withParts(named, partsOf(named).map(naming));
  };
  return naming(drawn);
}
