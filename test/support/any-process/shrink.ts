import { leavesOf, partsOf, withParts } from './draw';
import type { AnyCase, Plan } from './plan';
import type { AnyProgram } from './program';

/** Cases that are a little smaller than the given one, the boldest first. */
export function smallerThan({ seed, program, plan }: AnyCase): AnyCase[] {
  const programs = smallerPrograms(program);
  return [
    ...programs.map((smaller) => ({ seed, program: smaller, plan: fitting(plan, smaller) })),
    ...smallerPlans(plan).map((smaller) => ({ seed, program, plan: smaller })),
  ];
}

function smallerPrograms(program: AnyProgram): AnyProgram[] {
  const parts = partsOf(program);
  const without =
    'parts' in program && parts.length > 1
      ? parts.map((part) =>
          withParts(
            program,
            parts.filter((one) => one !== part),
          ),
        )
      : [];
  const within = parts.flatMap((part, index) =>
    smallerPrograms(part).map((smaller) =>
      withParts(
        program,
        parts.map((one, at) => (at === index ? smaller : one)),
      ),
    ),
  );
  return [...parts, ...without, ...within];
}

function smallerPlans(plan: Plan): Plan[] {
  const { stepsPerExecutionMax, ...inOne } = plan;
  const { cancelledAfter, ...uncancelled } = plan;
  return [
    ...(stepsPerExecutionMax === undefined ? [] : [inOne]),
    ...(cancelledAfter === undefined ? [] : [uncancelled]),
    ...plan.rejections.map((rejection) => ({
      ...plan,
      rejections: plan.rejections.filter((one) => one !== rejection),
    })),
    ...plan.interruptions.map((one) => ({
      ...plan,
      interruptions: plan.interruptions.filter((other) => other !== one),
    })),
    ...plan.refusals.map((refusal) => ({ ...plan, refusals: plan.refusals.filter((one) => one !== refusal) })),
    ...Object.keys(plan.faults).map((site) => ({ ...plan, faults: without(plan.faults, site) })),
    ...Object.keys(plan.undoFaults).map((site) => ({ ...plan, undoFaults: without(plan.undoFaults, site) })),
    ...Object.keys(plan.gates).map((site) => ({ ...plan, gates: without(plan.gates, site) })),
  ];
}

function without<Value>(record: Readonly<Record<string, Value>>, left: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== left));
}

/** The plan without what it plans for places that are gone. */
function fitting(plan: Plan, program: AnyProgram): Plan {
  const sites = new Set(leavesOf(program).map(({ site }) => site));
  const kept = <Value>(record: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(record).filter(([site]) => sites.has(site)));
  return {
    ...plan,
    faults: kept(plan.faults),
    undoFaults: kept(plan.undoFaults),
    gates: kept(plan.gates),
    refusals: plan.refusals.filter((site) => sites.has(site)),
    rejections: plan.rejections.filter(({ at }) => sites.has(at)),
  };
}
