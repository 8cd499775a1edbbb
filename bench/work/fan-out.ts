import type { Work } from './work';

/** Work 2: a planner, twenty agents at once, a synthesis. */
export const fanOut: Work = {
  name: 'fan-out',
  title: 'a planner, 20 agents at once, a synthesis',
  shape: { kind: 'fanOut', agents: 20, textBytes: 1_024 },
  runs: 1,
  delaysMs: [0, 50],
  extent: 'brief',
  isHeavy: false,
  isOnEveryServer: true,
};
