import { chain } from './chain';
import { fanOut } from './fan-out';
import { long, turns } from './long';
import { throughput } from './throughput';
import { children, wide } from './wide';
import type { Shape, Work } from './work';

/** Every work, in the order in which they are measured. */
export const works: readonly Work[] = [chain, fanOut, throughput, turns, long, wide, children];

/** The work as a brief benchmark has it: what takes long without delay, and on one server. */
export function brief(work: Work): Work {
  return work.isHeavy ? { ...work, delaysMs: work.delaysMs.slice(0, 1), isOnEveryServer: false } : work;
}

const quickRuns = 4;
const quickCount = 4;
const quickItems = 40;

/** The same work in small, to see that everything runs; its figures mean little. */
export function quick(work: Work): Work {
  return {
    ...work,
    title: `${work.title} (in small)`,
    shape: quickShape(work.shape),
    runs: Math.min(work.runs, quickRuns),
  };
}

function quickShape(shape: Shape): Shape {
  switch (shape.kind) {
    case 'chain':
      return { ...shape, steps: quickCount };
    case 'fanOut':
      return { ...shape, agents: quickCount };
    case 'long':
      return { ...shape, turns: quickCount };
    case 'wide':
    case 'children':
      return { ...shape, items: quickItems };
  }
}
